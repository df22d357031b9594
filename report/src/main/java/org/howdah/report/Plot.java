package org.howdah.report;

import java.util.List;
import java.util.Locale;

/** The area of a chart with two axes: grid, numbers, lines. */
final class Plot {

    private static final double LABEL_ROW = 18;
    private static final double RIGHT = 14;
    private static final double BOTTOM = 44;

    private final Svg svg = new Svg();
    private final ChartSize size;
    private final Scale x;
    private final Scale y;
    private final double left;
    private final double top;
    private final double right;
    private final double bottom;

    /** Rows of labels above the area: the y axis's own, then those of marks. */
    Plot(ChartSize size, Scale x, Scale y, List<Tick> yTicks, int labelRows) {
        this.size = size;
        this.x = x;
        this.y = y;
        double widest = yTicks.stream().mapToDouble(t -> Svg.textWidth(t.label())).max().orElse(0);
        this.left = Math.max(30, widest + 10);
        this.top = LABEL_ROW * labelRows + 12;
        this.right = size.width - RIGHT;
        this.bottom = size.height - BOTTOM;
    }

    double x(double value) {
        return left + x.at(value) * (right - left);
    }

    double y(double value) {
        return bottom - y.at(value) * (bottom - top);
    }

    void grid(List<Tick> xTicks, List<Tick> yTicks, String xLabel, String yLabel) {
        for (Tick tick : yTicks) {
            double at = y(tick.value());
            svg.line(left, at, right, at, "grid");
            svg.text(left - 8, at + 4, Svg.Anchor.END, "", tick.label());
        }
        svg.line(left, bottom, right, bottom, "axis");
        double taken = Double.NEGATIVE_INFINITY;
        for (Tick tick : xTicks) {
            double at = x(tick.value());
            svg.line(at, bottom, at, bottom + 4, "axis");
            double half = Svg.textWidth(tick.label()) / 2;
            // A label near an end of the axis is pushed inside; one that would touch its neighbor
            // is left out.
            double center = Math.clamp(at, half, Math.max(half, size.width - half));
            if (center - half > taken + 4) {
                svg.text(center, bottom + 18, Svg.Anchor.MIDDLE, "", tick.label());
                taken = center + half;
            }
        }
        svg.text(right, bottom + 37, Svg.Anchor.END, "", xLabel);
        svg.text(0, 12, Svg.Anchor.START, "", yLabel);
    }

    /**
     * A vertical line with a label in the given row, 1 being the first under the y axis's label.
     */
    void mark(double value, String label, int row) {
        double at = x(value);
        svg.line(at, top - LABEL_ROW * 0.3, at, bottom, "mark");
        double half = Svg.textWidth(label) / 2;
        svg.text(
                Math.clamp(at, left + half, right - half),
                12 + LABEL_ROW * row,
                Svg.Anchor.MIDDLE,
                "",
                label);
    }

    void series(Series series, List<Series.Point> points) {
        var path = new StringBuilder();
        boolean pen = false;
        int drawn = 0;
        Series.Point last = new Series.Point(0, 0);
        for (Series.Point point : points) {
            if (!x.shows(point.x()) || !y.shows(point.y())) {
                pen = false;
                continue;
            }
            path.append(
                    String.format(
                            Locale.ROOT,
                            "%s%.1f %.1f",
                            pen ? "L" : "M",
                            x(point.x()),
                            y(point.y())));
            pen = true;
            drawn++;
            last = point;
        }
        if (drawn > 1) {
            svg.path(path.toString(), "line " + series.hue().stroke());
        } else if (drawn == 1) {
            svg.dot(x(last.x()), y(last.y()), 3, series.hue().fill());
        }
    }

    void noData() {
        svg.text((left + right) / 2, (top + bottom) / 2, Svg.Anchor.MIDDLE, "", "no data");
    }

    Html chart(String title, String description) {
        return svg.chart(size.width, size.height, title, description);
    }

    /** How many numbers fit along the axes. */
    static int xTicks(ChartSize size) {
        return size.width / 90;
    }

    static int yTicks(ChartSize size) {
        return (size.height - 60) / 38;
    }
}
