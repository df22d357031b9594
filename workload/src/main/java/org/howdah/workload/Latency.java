package org.howdah.workload;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A distribution of times, in microseconds, to three digits.
 *
 * @param distribution a point for every so many percent, closer towards 100, for drawing
 */
public record Latency(
        long count,
        double meanMicros,
        long minMicros,
        long p50Micros,
        long p90Micros,
        long p95Micros,
        long p99Micros,
        long p999Micros,
        long maxMicros,
        List<Point> distribution) {

    private static final double[] PERCENTS = {
        0, 5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97.5, 99, 99.5, 99.75, 99.9,
        99.95, 99.99, 99.999, 100
    };

    /** So many percent of the requests took at most this long. */
    public record Point(double percent, long micros) {}

    public Latency {
        distribution = List.copyOf(distribution);
    }

    static Latency of(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return new Latency(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
        }
        List<Point> points = new ArrayList<>();
        for (double percent : PERCENTS) {
            points.add(new Point(percent, histogram.getValueAtPercentile(percent)));
        }
        return new Latency(
                histogram.getTotalCount(),
                histogram.getMean(),
                histogram.getMinValue(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue(),
                points);
    }
}
