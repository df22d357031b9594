package org.howdah.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a measure is distributed, from the median to the rarest: the quantile q is drawn at 1 / (1 -
 * q) on a logarithmic axis, as HdrHistogram's plots do
 * (https://hdrhistogram.github.io/HdrHistogram/plotFiles.html), so that each further nine takes the
 * same room.
 *
 * @param hint one sentence on how to read it; may be empty
 * @param y what is distributed, usually logarithmic
 * @param series points whose x is a quantile from 0 to below 1 and whose y is the value
 */
public record DistributionChart(String title, String hint, Axis y, List<Series> series) {

    private static final double RAREST = 0.9999999;

    public DistributionChart {
        series = List.copyOf(series);
    }

    public Html html() {
        return html(ChartSize.WIDE);
    }

    public Html html(ChartSize size) {
        List<Series> lines = series.stream().map(DistributionChart::unfolded).toList();
        double rarest = points(lines).mapToDouble(Series.Point::x).max().orElse(100);
        var x = new Scale.Log(1, Math.max(10, rarest));
        var ys =
                LineChart.Range.of(
                        y, points(lines).mapToDouble(Series.Point::y), true, Plot.yTicks(size));
        var plot = new Plot(size, x, ys.scale(), ys.ticks(), 1);
        plot.grid(quantileTicks(x.max()), ys.ticks(), "part that is faster or equal", y.label());
        if (points(lines).findAny().isEmpty()) {
            plot.noData();
        }
        for (Series line : lines) {
            plot.series(line, Thinning.of(line.points(), x, size.width));
        }
        return Figure.of(title, hint, LineChart.legend(series), plot.chart(title, hint));
    }

    private static Stream<Series.Point> points(List<Series> lines) {
        return lines.stream().flatMap(s -> s.points().stream());
    }

    private static Series unfolded(Series folded) {
        var points =
                folded.points().stream()
                        .filter(p -> p.x() >= 0 && p.x() <= RAREST)
                        .map(p -> new Series.Point(1 / (1 - p.x()), p.y()))
                        .toList();
        return new Series(folded.name(), folded.hue(), points);
    }

    private static List<Tick> quantileTicks(double max) {
        var ticks = new ArrayList<Tick>();
        ticks.add(new Tick(1, "0 %"));
        ticks.add(new Tick(2, "50 %"));
        String nines = "90 %";
        for (double x = 10; x <= max * 1.0001; x *= 10) {
            ticks.add(new Tick(x, nines));
            nines =
                    nines.equals("90 %")
                            ? "99 %"
                            : nines.equals("99 %") ? "99.9 %" : nines.replace(" %", "9 %");
        }
        return ticks;
    }
}
