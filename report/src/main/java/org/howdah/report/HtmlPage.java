package org.howdah.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One self-contained HTML file: style inside, nothing fetched, no script; light or dark as the
 * reader's system is, and fit to print. Everything in it is {@link Html}, hence escaped.
 */
public final class HtmlPage {

    private final String title;
    private final List<Html> lead = new ArrayList<>();
    private final List<Tile> tiles = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private Html foot = Html.empty();

    private HtmlPage(String title) {
        this.title = title;
    }

    /** A page with this title and nothing else yet. */
    public static HtmlPage titled(String title) {
        return new HtmlPage(title);
    }

    /** Adds to what stands under the title: what this is, of which cluster, when. */
    public HtmlPage lead(Html... content) {
        lead.addAll(List.of(content));
        return this;
    }

    /** Adds a number that the reader sees first. */
    public HtmlPage tile(Tile tile) {
        tiles.add(tile);
        return this;
    }

    /** Adds a section; pages with more than three have a table of contents. */
    public HtmlPage section(String heading, Html... content) {
        sections.add(new Section(heading, anchor(heading), Html.join(content)));
        return this;
    }

    /** What stands at the end: version, how it was made. */
    public HtmlPage foot(Html content) {
        foot = content;
        return this;
    }

    /** The file's content; write it as UTF-8. */
    public String render() {
        Html head =
                Html.tag("head")
                        .with(
                                Html.tag("meta").attr("charset", "utf-8").empty(),
                                Html.tag("meta")
                                        .attr("name", "viewport")
                                        .attr("content", "width=device-width, initial-scale=1")
                                        .empty(),
                                Html.tag("meta")
                                        .attr("http-equiv", "Content-Security-Policy")
                                        .attr(
                                                "content",
                                                "default-src 'none'; style-src 'unsafe-inline'")
                                        .empty(),
                                Html.tag("meta")
                                        .attr("name", "color-scheme")
                                        .attr("content", "light dark")
                                        .empty(),
                                Html.tag("title").with(title),
                                Html.trusted("<style>\n" + styleSheet() + "</style>"));
        Html body = Html.tag("body").with(header(), Html.tag("main").with(main()), footer());
        Html document = Html.tag("html").attr("lang", "en").with(head, body);
        return "<!doctype html>\n" + document + "\n";
    }

    private Html header() {
        Html name = Html.tag("h1").with(title);
        return Html.tag("header").with(name, Html.tag("div").attr("class", "lead").with(lead));
    }

    private List<Html> main() {
        var parts = new ArrayList<Html>();
        if (!tiles.isEmpty()) {
            parts.add(
                    Html.tag("div")
                            .attr("class", "tiles")
                            .with(tiles.stream().map(Tile::html).toList()));
        }
        if (sections.size() > 3) {
            var links =
                    sections.stream()
                            .map(s ->
                                    Html.tag("li")
                                            .with(
                                                    Html.tag("a")
                                                            .attr("href", "#" + s.anchor())
                                                            .with(s.heading())))
                            .toList();
            parts.add(
                    Html.tag("nav")
                            .attr("aria-label", "Contents")
                            .with(Html.tag("ul").with(links)));
        }
        sections.forEach(section -> parts.add(section.html()));
        return parts;
    }

    private Html footer() {
        return foot.equals(Html.empty()) ? foot : Html.tag("footer").with(foot);
    }

    /** A name for a link to the heading, the same each time, and not used by an earlier section. */
    private String anchor(String heading) {
        String words =
                heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        String base = words.isEmpty() ? "section" : words;
        String anchor = base;
        for (int n = 2; isTaken(anchor); n++) {
            anchor = base + "-" + n;
        }
        return anchor;
    }

    private boolean isTaken(String anchor) {
        return sections.stream().anyMatch(s -> s.anchor().equals(anchor));
    }

    private static String styleSheet() {
        try (InputStream css = HtmlPage.class.getResourceAsStream("page.css")) {
            return new String(
                    Objects.requireNonNull(css, "page.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * A number at the top of the page.
     *
     * @param label what it is
     * @param value the number with its unit
     * @param note what it is compared with, or empty
     * @param style its meaning
     */
    public record Tile(String label, String value, String note, Style style) {
        private Html html() {
            return Html.tag("div")
                    .attr("class", "tile " + style.cssClass())
                    .with(
                            Html.tag("div").attr("class", "label").with(label),
                            Html.tag("div").attr("class", "value").with(value),
                            Html.tag("div").attr("class", "note").with(note));
        }
    }

    private record Section(String heading, String anchor, Html content) {
        private Html html() {
            return Html.tag("section")
                    .attr("id", anchor)
                    .with(Html.tag("h2").with(heading), content);
        }
    }
}
