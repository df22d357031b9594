package org.howdah.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line as small as a word, for a table cell: the shape only, from the least to the greatest
 * value.
 *
 * @param description what it shows, for those who do not see it
 */
public record Sparkline(String description, List<Double> values, Hue hue) {

    private static final double WIDTH = 110;
    private static final double HEIGHT = 22;
    private static final double MARGIN = 3;

    public Sparkline {
        values = List.copyOf(values);
    }

    public Html html() {
        var svg = new Svg();
        var points = new ArrayList<Series.Point>();
        for (int i = 0; i < values.size(); i++) {
            points.add(new Series.Point(i, values.get(i)));
        }
        var extent =
                values.stream().mapToDouble(v -> v).filter(Double::isFinite).summaryStatistics();
        if (extent.getCount() > 0) {
            double flat = extent.getMax() == extent.getMin() ? 1 : 0;
            var x = new Scale.Linear(0, Math.max(1, values.size() - 1));
            var y = new Scale.Linear(extent.getMin() - flat, extent.getMax() + flat);
            draw(svg, Thinning.of(points, x, (int) WIDTH), x, y);
        }
        return svg.inline(WIDTH, HEIGHT, "spark", description);
    }

    private void draw(Svg svg, List<Series.Point> points, Scale x, Scale y) {
        var path = new StringBuilder();
        boolean pen = false;
        double atX = 0;
        double atY = 0;
        for (Series.Point point : points) {
            if (!y.shows(point.y())) {
                pen = false;
                continue;
            }
            atX = MARGIN + x.at(point.x()) * (WIDTH - 2 * MARGIN);
            atY = HEIGHT - MARGIN - y.at(point.y()) * (HEIGHT - 2 * MARGIN);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", atX, atY));
            pen = true;
        }
        svg.path(path.toString(), "line " + hue.stroke()).dot(atX, atY, 2.4, hue.fill());
    }
}
