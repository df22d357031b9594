package org.howdah.report;

import java.time.Duration;
import java.util.Locale;

/**
 * Numbers with units as people on call read them: two or three significant digits, one unit, or two
 * for a long duration. The same everywhere: terminal, page, chart.
 */
public final class Units {

    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final String[] DECIMAL = {"", " k", " M", " G", " T", " P", " E"};

    private Units() {}

    /** Bytes in binary multiples: {@code 512 B}, {@code 1.2 GiB}, {@code 100 TiB}. */
    public static String bytes(double bytes) {
        if (!Double.isFinite(bytes)) {
            return unknown(bytes);
        }
        double size = Math.abs(bytes);
        int power = 0;
        while (power < BINARY.length - 1
                && (power == 0 ? Math.rint(size) >= 1024 : size >= 1023.5)) {
            size /= 1024;
            power++;
        }
        return sign(bytes) + (power == 0 ? whole(size) : digits(size)) + " " + BINARY[power];
    }

    /** The same for a whole number of bytes. */
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /**
     * A count: {@code 999}, {@code 1.2 k}, {@code 12.3 k}, {@code 1.2 M}. Use {@link #exact} where
     * each one matters.
     */
    public static String count(double count) {
        if (!Double.isFinite(count)) {
            return unknown(count);
        }
        double size = Math.abs(count);
        if (size < 999.5) {
            return sign(count)
                    + (size == Math.rint(size) || size >= 100 ? whole(size) : digits(size));
        }
        int power = 0;
        while (power < DECIMAL.length - 1 && size >= 999.5) {
            size /= 1000;
            power++;
        }
        return sign(count) + digits(size) + DECIMAL[power];
    }

    /** The same for a whole number. */
    public static String count(long count) {
        return count((double) count);
    }

    /** A whole number with thousands separated: {@code 1,234,567}. */
    public static String exact(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /**
     * A duration in its one or two largest units: {@code 250 µs}, {@code 1.3 s}, {@code 2 h 5 min},
     * {@code 3 d 4 h}.
     */
    public static String duration(Duration duration) {
        return seconds(duration.toSeconds() + duration.toNanosPart() / 1e9);
    }

    /** The same for a number of seconds. */
    public static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return unknown(seconds);
        }
        double length = Math.abs(seconds);
        String text;
        if (length == 0) {
            return "0 s";
        } else if (length < 999.5e-9) {
            text = digits(length * 1e9) + " ns";
        } else if (length < 999.5e-6) {
            text = digits(length * 1e6) + " µs";
        } else if (length < 999.5e-3) {
            text = digits(length * 1e3) + " ms";
        } else if (length < 59.95) {
            text = digits(length) + " s";
        } else {
            text = longDuration(Math.round(length));
        }
        return sign(seconds) + text;
    }

    /**
     * A ratio as a percentage: {@code 95.3 %}, {@code 0.04 %}. Says {@code 100 %} and {@code 0 %}
     * only where it is so: a hit ratio of 0.99996 reads {@code 99.99 %}.
     */
    public static String percent(double ratio) {
        if (!Double.isFinite(ratio)) {
            return unknown(ratio);
        }
        double percent = Math.abs(ratio) * 100;
        String text;
        if (percent == Math.rint(percent) || percent >= 1000) {
            text = whole(percent);
        } else if (percent < 0.01) {
            return "<" + sign(ratio) + "0.01 %";
        } else if (percent < 0.1) {
            text = String.format(Locale.ROOT, "%.2f", percent);
        } else if (percent > 99.9 && percent < 100) {
            text = String.format(Locale.ROOT, "%.2f", Math.floor(percent * 100) / 100);
        } else {
            text = String.format(Locale.ROOT, "%.1f", percent);
        }
        return sign(ratio) + text + " %";
    }

    /** A count a second: {@code 1.2 k/s}. */
    public static String perSecond(double rate) {
        return count(rate) + "/s";
    }

    /** Bytes a second: {@code 120 MiB/s}. */
    public static String bytesPerSecond(double rate) {
        return bytes(rate) + "/s";
    }

    /** How many times: {@code 57×}, {@code 1.3×}. */
    public static String times(double factor) {
        return count(factor) + "×";
    }

    private static String longDuration(long seconds) {
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        // Rounded to the smaller unit that is shown, so that 1 h 59 min 59 s reads 2 h.
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 24 * 60) {
            return two(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = Math.round(seconds / 3600.0);
        if (hours < 24 * 365) {
            return two(hours / 24, "d", hours % 24, "h");
        }
        long days = Math.round(seconds / 86400.0);
        return two(days / 365, "y", days % 365, "d");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        String text = large + " " + largeUnit;
        return small == 0 ? text : text + " " + small + " " + smallUnit;
    }

    /** One digit after the point below 100, none above. */
    private static String digits(double value) {
        return value < 99.95 ? String.format(Locale.ROOT, "%.1f", value) : whole(value);
    }

    private static String whole(double value) {
        return Long.toString(Math.round(value));
    }

    private static String sign(double value) {
        return value < 0 ? "-" : "";
    }

    private static String unknown(double value) {
        return Double.isNaN(value) ? "unknown" : value > 0 ? "∞" : "-∞";
    }
}
