package org.howdah.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A drawing being made. Coordinates in CSS pixels from the upper left corner. */
final class Svg {

    /**
     * The mean width of a digit or letter at 12 px in the usual sans-serif faces, on the safe side.
     */
    private static final double CHARACTER_WIDTH = 7.3;

    private final List<Html> parts = new ArrayList<>();

    static double textWidth(String text) {
        return DisplayText.width(text) * CHARACTER_WIDTH;
    }

    /** The text cut so that it takes at most so many pixels. */
    static String fit(String text, double width) {
        return DisplayText.shorten(text, (int) (width / CHARACTER_WIDTH), true);
    }

    Svg line(double x1, double y1, double x2, double y2, String cssClass) {
        parts.add(
                Html.tag("line")
                        .attr("class", cssClass)
                        .attr("x1", x1)
                        .attr("y1", y1)
                        .attr("x2", x2)
                        .attr("y2", y2)
                        .empty());
        return this;
    }

    Svg text(double x, double y, Anchor anchor, String cssClass, String text) {
        Html.Tag tag = Html.tag("text").attr("x", x).attr("y", y);
        if (anchor != Anchor.START) {
            tag = tag.attr("text-anchor", anchor.name().toLowerCase(Locale.ROOT));
        }
        parts.add((cssClass.isEmpty() ? tag : tag.attr("class", cssClass)).with(text));
        return this;
    }

    /** A bar; {@code tooltip} may be empty. */
    Svg bar(double x, double y, double width, double height, String cssClass, String tooltip) {
        parts.add(
                Html.tag("rect")
                        .attr("class", cssClass)
                        .attr("x", x)
                        .attr("y", y)
                        .attr("width", width)
                        .attr("height", height)
                        .attr("rx", Math.min(2, width / 2))
                        .with(tooltip.isEmpty() ? Html.empty() : Html.tag("title").with(tooltip)));
        return this;
    }

    Svg path(String path, String cssClass) {
        parts.add(Html.tag("path").attr("class", cssClass).attr("d", path).empty());
        return this;
    }

    Svg dot(double x, double y, double radius, String cssClass) {
        parts.add(
                Html.tag("circle")
                        .attr("class", cssClass)
                        .attr("cx", x)
                        .attr("cy", y)
                        .attr("r", radius)
                        .empty());
        return this;
    }

    /** The drawing with its name and description for those who do not see it. */
    Html chart(double width, double height, String title, String description) {
        String cssClass = width < ChartSize.WIDE.width ? "chart half" : "chart";
        return frame(width, height, cssClass, title, description)
                .with(described(title, description));
    }

    private static Html.Tag frame(
            double width, double height, String cssClass, String title, String description) {
        Html.Tag svg =
                Html.tag("svg")
                        .attr("class", cssClass)
                        .attr("viewBox", "0 0 " + Math.round(width) + " " + Math.round(height))
                        .attr("role", "img");
        return svg.attr("aria-label", description.isEmpty() ? title : title + ". " + description);
    }

    private List<Html> described(String title, String description) {
        var all = new ArrayList<Html>();
        all.add(Html.tag("title").with(title));
        if (!description.isEmpty()) {
            all.add(Html.tag("desc").with(description));
        }
        all.addAll(parts);
        return all;
    }

    enum Anchor {
        START,
        MIDDLE,
        END
    }
}
