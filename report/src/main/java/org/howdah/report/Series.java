package org.howdah.report;

import java.util.List;

/**
 * A line of a chart. A y that is not a number leaves a gap.
 *
 * @param points by ascending x
 */
public record Series(String name, Hue hue, List<Point> points) {

    public Series {
        points = List.copyOf(points);
    }

    /** A place on a chart, in the units of its axes. */
    public record Point(double x, double y) {}
}
