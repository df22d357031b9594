package org.howdah.report;

import java.util.List;

/** The building blocks of a page. */
public final class Block {

    private Block() {}

    /** A paragraph of text. */
    public static Html paragraph(String text) {
        return Html.tag("p").with(text);
    }

    /** A paragraph of fragments. */
    public static Html paragraph(Html... content) {
        return Html.tag("p").with(content);
    }

    /** A heading inside a section. */
    public static Html heading(String text) {
        return Html.tag("h3").with(text);
    }

    /** A bulleted list. */
    public static Html list(List<Html> items) {
        return Html.tag("ul").with(items.stream().map(i -> Html.tag("li").with(i)).toList());
    }

    /**
     * Content that is hidden until its summary is clicked; a printed page shows it as it was left.
     */
    public static Html details(Html summary, Html... content) {
        return Html.tag("details")
                .with(
                        Html.tag("summary").with(summary),
                        Html.tag("div").attr("class", "inside").with(content));
    }

    /** A short label colored by its meaning, such as a severity. */
    public static Html badge(Style style, String text) {
        return Html.tag("span").attr("class", "badge " + style.cssClass()).with(text);
    }

    /** Text colored by its meaning. */
    public static Html span(Style style, String text) {
        return Html.tag("span").attr("class", style.cssClass()).with(text);
    }

    /** A name or a value inside a sentence. */
    public static Html code(String text) {
        return Html.tag("code").with(text);
    }

    /** A block of SQL with its comments, strings and keywords set apart. */
    public static Html sql(String sql) {
        return Html.tag("pre").attr("class", "sql").with(Html.tag("code").with(SqlMarkup.of(sql)));
    }

    /** A block of text as it is, such as a plan or a configuration. */
    public static Html listing(String text) {
        return Html.tag("pre").with(Html.tag("code").with(text));
    }

    /** A chart or a table with a caption that says what is seen in it. */
    public static Html figure(String caption, Html content) {
        return Html.tag("figure").with(Html.tag("figcaption").with(caption), content);
    }

    /** Things side by side where the page is wide enough. */
    public static Html columns(Html... content) {
        return Html.tag("div").attr("class", "columns").with(content);
    }

    /** Names and their values, one pair a line. */
    public static Html definitions(List<Definition> definitions) {
        return Html.tag("dl")
                .with(
                        definitions.stream()
                                .flatMap(d ->
                                        List.of(
                                                Html.tag("dt").with(d.name()),
                                                Html.tag("dd").with(d.value()))
                                                .stream())
                                .toList());
    }

    /** A name and what it stands for. */
    public record Definition(String name, Html value) {
        public static Definition of(String name, String value) {
            return new Definition(name, Html.text(value));
        }
    }
}
