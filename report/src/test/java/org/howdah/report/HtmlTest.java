package org.howdah.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class HtmlTest {

    private static final String EVIL =
            "<script>alert(\"x\")</script><img src=x onerror='y'>&amp;\u0000\u001b";

    /** Everything public that takes text and gives a fragment. */
    static Stream<Function<String, Html>> fragments() {
        return Stream.of(
                Html::text,
                t -> Html.tag("p").attr("title", t).with(t),
                Block::paragraph,
                Block::heading,
                t -> Block.list(List.of(Html.text(t))),
                t -> Block.details(Html.text(t), Html.text(t)),
                t -> Block.badge(Style.GOOD, t),
                t -> Block.span(Style.GOOD, t),
                Block::code,
                Block::sql,
                t -> Block.sql("SELECT '" + t + "' -- " + t + "\n/*" + t + "*/"),
                Block::listing,
                t -> Block.figure(t, Html.empty()),
                t -> Block.definitions(List.of(Block.Definition.of(t, t))),
                t -> HtmlTable.of(TerminalTable.Column.left(t)).row(t).html(),
                t ->
                        new LineChart(
                                        t,
                                        t,
                                        Axis.linear(t, Quantity.COUNT),
                                        Axis.linear(t, Quantity.COUNT),
                                        List.of(
                                                new Series(t, Hue.BLUE, List.of()),
                                                new Series(t, Hue.BLUE, List.of())),
                                        List.of(new LineChart.Mark(0, t)))
                                .html(),
                t -> new DistributionChart(t, t, Axis.log(t, Quantity.SECONDS), List.of()).html(),
                t ->
                        new BarChart(
                                        t,
                                        t,
                                        Quantity.COUNT,
                                        List.of(new BarChart.Bar(t, 1, Hue.BLUE, t)))
                                .html(),
                t ->
                        new ShareBar(
                                        t,
                                        t,
                                        Quantity.COUNT,
                                        List.of(new ShareBar.Share(t, 1, Hue.BLUE)))
                                .html(),
                t ->
                        new BeforeAfter(
                                        t,
                                        t,
                                        List.of(
                                                new BeforeAfter.Measure(
                                                        t,
                                                        Quantity.COUNT,
                                                        BeforeAfter.Goal.LESS,
                                                        2,
                                                        1)))
                                .html());
    }

    @ParameterizedTest
    @MethodSource("fragments")
    void textNeverBecomesMarkup(Function<String, Html> fragment) throws Exception {
        String markup = fragment.apply(EVIL).toString();
        assertThat(markup)
                .doesNotContain("<script", "<img", "\u0000", "\u001b")
                .doesNotContain("\"x\"");
        assertThat(tags(wellFormed(markup))).doesNotContain("script", "img");
    }

    @Test
    void aWholePageEscapesItsTexts() {
        String page =
                HtmlPage.titled(EVIL)
                        .lead(Html.text(EVIL))
                        .tile(new HtmlPage.Tile(EVIL, EVIL, EVIL, Style.GOOD))
                        .section(EVIL, Html.text(EVIL))
                        .foot(Html.text(EVIL))
                        .render();
        assertThat(page)
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .doesNotContain("<script", "<img", "\u0000");
    }

    @Test
    void aPageFetchesNothing() {
        String page = SamplePage.page();
        assertThat(page)
                .doesNotContain(
                        "<script", "<link", "src=", "url(", "@import", "http://", "https://");
        assertThat(page)
                .contains(
                        "default-src &#39;none&#39;", "prefers-color-scheme: dark", "@media print");
    }

    @Test
    void everyColorOfAChartIsInTheStyleSheet() {
        String css = SamplePage.page();
        for (Hue hue : Hue.values()) {
            assertThat(css).contains("." + hue.stroke() + " {", "." + hue.fill() + " {");
        }
        for (Style style : List.of(Style.GOOD, Style.NOTICE, Style.WARNING, Style.CRITICAL)) {
            assertThat(css)
                    .contains(
                            ".badge." + style.cssClass(),
                            "span." + style.cssClass(),
                            ".tile." + style.cssClass());
        }
    }

    @Test
    void sectionsWithTheSameHeadingHaveDifferentAnchors() {
        String page =
                HtmlPage.titled("t")
                        .section("Öl", Html.empty())
                        .section("öl!", Html.empty())
                        .section("?", Html.empty())
                        .render();
        assertThat(page).contains("id=\"l\"", "id=\"l-2\"", "id=\"section\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"script", "style", "iframe", "p onclick", "a b", "", "p>"})
    void activeElementsAreRefused(String name) {
        assertThatThrownBy(() -> Html.tag(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void activeAttributesAreRefused() {
        assertThatThrownBy(() -> Html.tag("p").attr("onclick", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.tag("a").attr("href", "javascript:x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.tag("a").attr("href", " javascript:x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Html.tag("a").attr("href", "#here").with("x").toString())
                .isEqualTo("<a href=\"#here\">x</a>");
    }

    @Test
    void sqlIsMarkedButNotChanged() {
        String sql =
                "SELECT \"select\", 'it''s -- no comment', $q$ a 'b' $q$ FROM t -- <end>\nWHERE x = $1 /* and */;";
        String markup = Block.sql(sql).toString();
        assertThat(markup)
                .contains(
                        "<span class=\"keyword\">SELECT</span>",
                        "<span class=\"comment\">-- &lt;end&gt;</span>",
                        "<span class=\"string\">$q$ a &#39;b&#39; $q$</span>")
                .doesNotContain("<span class=\"keyword\">select</span>");
        assertThat(
                        markup.replaceAll("<[^>]*>", "")
                                .replace("&#39;", "'")
                                .replace("&quot;", "\"")
                                .replace("&lt;", "<")
                                .replace("&gt;", ">"))
                .isEqualTo(sql);
    }

    private static org.w3c.dom.Document wellFormed(String markup) throws Exception {
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        return builder.parse(new InputSource(new StringReader("<all>" + markup + "</all>")));
    }

    private static List<String> tags(org.w3c.dom.Document document) {
        var nodes = document.getElementsByTagName("*");
        return java.util.stream.IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getNodeName())
                .toList();
    }
}
