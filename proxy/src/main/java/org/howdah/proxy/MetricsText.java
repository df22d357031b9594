package org.howdah.proxy;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Samples in Prometheus' text format, version 0.0.4.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
final class MetricsText {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Buckets of histograms end at powers of two of microseconds: 64 us to 67 s. */
    private static final int FIRST_POWER = 6;

    private static final int LAST_POWER = 26;
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    private final StringBuilder text = new StringBuilder(16 * 1024);

    /** Samples of this name follow. */
    void family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void sample(String name, Map<String, String> labels, long value) {
        text.append(name).append(labels(labels)).append(' ').append(value).append('\n');
    }

    /** A share, or seconds. */
    void fraction(String name, Map<String, String> labels, double value) {
        text.append(name).append(labels(labels)).append(' ').append(number(value)).append('\n');
    }

    /** A histogram in seconds; labels in their order. */
    void histogram(String name, Map<String, String> labels, Histogram histogram) {
        String inner = inner(labels);
        String before = inner.isEmpty() ? "" : inner + ",";
        for (int power = FIRST_POWER; power <= LAST_POWER; power++) {
            bucket(name, before, number((1L << power) / MICROS), histogram.below(power));
        }
        bucket(name, before, "+Inf", histogram.count());
        fraction(name + "_sum", labels, histogram.sumNanos() / NANOS);
        sample(name + "_count", labels, histogram.count());
    }

    private void bucket(String name, String labels, String limit, long count) {
        text.append(name)
                .append("_bucket{")
                .append(labels)
                .append("le=\"")
                .append(limit)
                .append("\"} ")
                .append(count)
                .append('\n');
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty() ? "" : "{" + inner(labels) + "}";
    }

    private static String inner(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                .collect(Collectors.joining(","));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
