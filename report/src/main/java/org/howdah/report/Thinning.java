package org.howdah.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Fewer points with the same picture: where several points share a column of pixels, the first,
 * lowest, highest and last of them are drawn. Peaks stay, which averages would hide.
 */
final class Thinning {

    private Thinning() {}

    static List<Series.Point> of(List<Series.Point> points, Scale x, int columns) {
        if (points.size() <= columns * 2) {
            return points;
        }
        var kept = new ArrayList<Series.Point>();
        int from = 0;
        while (from < points.size()) {
            long column = column(points.get(from), x, columns);
            int to = from + 1;
            while (to < points.size() && column(points.get(to), x, columns) == column) {
                to++;
            }
            keep(points, from, to, kept);
            from = to;
        }
        return kept;
    }

    private static long column(Series.Point point, Scale x, int columns) {
        return x.shows(point.x()) ? Math.round(x.at(point.x()) * columns) : -1;
    }

    private static void keep(List<Series.Point> points, int from, int to, List<Series.Point> kept) {
        int low = from;
        int high = from;
        for (int i = from; i < to; i++) {
            low = points.get(i).y() < points.get(low).y() ? i : low;
            high = points.get(i).y() > points.get(high).y() ? i : high;
        }
        for (int i = from; i < to; i++) {
            if (i == from
                    || i == low
                    || i == high
                    || i == to - 1
                    || Double.isNaN(points.get(i).y())) {
                kept.add(points.get(i));
            }
        }
    }
}
