package org.howdah.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over time or over another measure.
 *
 * @param title what is shown
 * @param hint one sentence on how to read it; may be empty
 * @param marks moments to point out, such as when an index was built
 */
public record LineChart(
        String title, String hint, Axis x, Axis y, List<Series> series, List<Mark> marks) {

    public LineChart {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
    }

    /** A chart over the whole width of a page. */
    public Html html() {
        return html(ChartSize.WIDE);
    }

    public Html html(ChartSize size) {
        Range xs = Range.of(x, points().mapToDouble(Series.Point::x), false, Plot.xTicks(size));
        Range ys = Range.of(y, points().mapToDouble(Series.Point::y), true, Plot.yTicks(size));
        var labels =
                Stagger.rows(
                        marks.stream().map(Mark::label).toList(),
                        marks.stream()
                                .mapToDouble(m -> xs.scale().at(m.x()) * size.width)
                                .toArray());
        int rows = labels.stream().mapToInt(Integer::intValue).max().orElse(0);
        var plot = new Plot(size, xs.scale(), ys.scale(), ys.ticks(), 1 + rows);
        plot.grid(xs.ticks(), ys.ticks(), x.label(), y.label());
        for (int i = 0; i < marks.size(); i++) {
            if (xs.scale().shows(marks.get(i).x())) {
                plot.mark(marks.get(i).x(), marks.get(i).label(), labels.get(i));
            }
        }
        if (points().findAny().isEmpty()) {
            plot.noData();
        }
        for (Series line : series) {
            plot.series(line, Thinning.of(line.points(), xs.scale(), size.width));
        }
        return Figure.of(title, hint, legend(series), plot.chart(title, hint));
    }

    private Stream<Series.Point> points() {
        return series.stream().flatMap(s -> s.points().stream());
    }

    static List<Figure.Key> legend(List<Series> series) {
        return series.stream().map(s -> new Figure.Key(s.hue(), s.name(), "")).toList();
    }

    /** A moment worth a vertical line. */
    public record Mark(double x, String label) {}

    /** The extent of an axis and its numbers. */
    record Range(Scale scale, List<Tick> ticks) {

        /**
         * @param round whether the axis should end at round numbers
         */
        static Range of(Axis axis, DoubleStream values, boolean round, int most) {
            boolean log = axis.progression() == Axis.Progression.LOG;
            var extent =
                    values.filter(v -> Double.isFinite(v) && (!log || v > 0)).summaryStatistics();
            boolean none = extent.getCount() == 0;
            return log
                    ? log(
                            axis.quantity(),
                            none ? 1 : extent.getMin(),
                            none ? 10 : extent.getMax(),
                            most)
                    : linear(
                            axis.quantity(),
                            none ? 0 : extent.getMin(),
                            none ? 1 : extent.getMax(),
                            round,
                            most);
        }

        private static Range linear(
                Quantity quantity, double least, double most, boolean round, int count) {
            double min = Math.min(0, least);
            double max = most > min ? most : min + 1;
            double end = round ? Ticks.roundUp(quantity, min, max, count) : max;
            double start = min < 0 ? -Ticks.roundUp(quantity, 0, -min, count) : min;
            return new Range(
                    new Scale.Linear(start, end), Ticks.linear(quantity, start, end, count));
        }

        /**
         * From a fifth below to a fifth above, at least a factor of ten in all, so that noise does
         * not look like a trend.
         */
        private static Range log(Quantity quantity, double least, double most, int count) {
            double min = least / 1.2;
            double max = most * 1.2;
            double widen = Math.max(1, Math.sqrt(10 / (max / min)));
            var scale = new Scale.Log(min / widen, max * widen);
            return new Range(scale, Ticks.log(quantity, scale.min(), scale.max(), count));
        }
    }

    /** Puts labels that would overlap into different rows. */
    static final class Stagger {
        private static final int ROWS = 3;

        private Stagger() {}

        /** The row of each label, from 1. */
        static List<Integer> rows(List<String> labels, double[] centers) {
            double[] taken = new double[ROWS + 1];
            java.util.Arrays.fill(taken, Double.NEGATIVE_INFINITY);
            var rows = new ArrayList<Integer>();
            for (int i = 0; i < labels.size(); i++) {
                double half = Svg.textWidth(labels.get(i)) / 2 + 4;
                int row = 1;
                while (row < ROWS && centers[i] - half < taken[row]) {
                    row++;
                }
                taken[row] = Math.max(taken[row], centers[i] + half);
                rows.add(row);
            }
            return rows;
        }
    }
}
