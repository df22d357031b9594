package org.howdah.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The numbers along an axis: round ones, at most as many as fit, all in one unit where the axis is
 * linear.
 */
final class Ticks {

    private static final double[] LONG_STEPS = {
        10,
        15,
        30,
        60,
        120,
        300,
        600,
        900,
        1800,
        3600,
        7200,
        10_800,
        21_600,
        43_200,
        86_400,
        172_800,
        432_000,
        864_000,
        2_592_000,
        8_640_000,
        31_536_000,
        157_680_000
    };
    private static final double LONG_AXIS_SECONDS = 120;
    private static final String[] BINARY = {" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"};
    private static final String[] DECIMAL = {"", " k", " M", " G", " T", " P", " E"};

    private Ticks() {}

    /**
     * Round numbers from {@code min} to {@code max}, at most {@code most} of them (at least two).
     */
    static List<Tick> linear(Quantity quantity, double min, double max, int most) {
        double step = step(quantity, min, max, Math.max(2, most));
        var ticks = new ArrayList<Tick>();
        long last = (long) Math.floor(max / step + 1e-9);
        for (long i = (long) Math.ceil(min / step - 1e-9); i <= last; i++) {
            ticks.add(
                    new Tick(
                            i * step,
                            label(
                                    quantity,
                                    i * step,
                                    step,
                                    Math.max(Math.abs(min), Math.abs(max)))));
        }
        return ticks;
    }

    /**
     * The smallest round number that is not below {@code max}: where an axis from {@code min}
     * should end.
     */
    static double roundUp(Quantity quantity, double min, double max, int most) {
        double step = step(quantity, min, max, Math.max(2, most));
        double end = Math.ceil(max / step - 1e-9) * step;
        return quantity == Quantity.RATIO && max <= 1 ? Math.min(1, end) : end;
    }

    private static double step(Quantity quantity, double min, double max, int most) {
        double raw = (max - min) / most;
        double span = Math.max(Math.abs(min), Math.abs(max));
        if (quantity == Quantity.SECONDS && span >= LONG_AXIS_SECONDS) {
            return DoubleStream.of(LONG_STEPS)
                    .filter(s -> s >= raw)
                    .findFirst()
                    .orElseGet(() -> decimalStep(raw / 31_536_000) * 31_536_000);
        }
        double unit = quantity.binary() ? Math.pow(1024, binaryPower(span)) : 1;
        double step = decimalStep(raw / unit) * unit;
        boolean whole = quantity == Quantity.BYTES;
        return whole ? Math.max(1, step) : step;
    }

    /** 1, 2 or 5 times a power of ten, not below the given number. */
    private static double decimalStep(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw) + 1e-9));
        double lead = raw / power;
        double nice = lead <= 1 + 1e-9 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10;
        return nice * power;
    }

    private static int binaryPower(double span) {
        int power = 0;
        for (double size = span; size >= 1024 && power < BINARY.length - 1; size /= 1024) {
            power++;
        }
        return power;
    }

    private static String label(Quantity quantity, double value, double step, double span) {
        if (value == 0 && quantity != Quantity.RATIO) {
            return "0";
        }
        return switch (quantity) {
            case COUNT -> decimal(value, step, span);
            case PER_SECOND -> decimal(value, step, span) + "/s";
            case BYTES -> binary(value, step, span);
            case BYTES_PER_SECOND -> binary(value, step, span) + "/s";
            case RATIO -> number(value * 100, step * 100) + " %";
            case SECONDS -> seconds(value, step, span);
        };
    }

    private static String decimal(double value, double step, double span) {
        if (span < 10_000) {
            return number(value, step);
        }
        int power = Math.min((int) (Math.log10(span) / 3 + 1e-9), DECIMAL.length - 1);
        double unit = Math.pow(1000, power);
        return number(value / unit, step / unit) + DECIMAL[power];
    }

    private static String binary(double value, double step, double span) {
        int power = binaryPower(span);
        double unit = Math.pow(1024, power);
        return number(value / unit, step / unit) + BINARY[power];
    }

    private static String seconds(double value, double step, double span) {
        if (span >= LONG_AXIS_SECONDS) {
            return Units.seconds(value).replace(".0 ", " ");
        } else if (span >= 1) {
            return number(value, step) + " s";
        } else if (span >= 1e-3) {
            return number(value * 1e3, step * 1e3) + " ms";
        } else if (span >= 1e-6) {
            return number(value * 1e6, step * 1e6) + " µs";
        }
        return number(value * 1e9, step * 1e9) + " ns";
    }

    /** As many digits after the point as the step needs. */
    private static String number(double value, double step) {
        int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        return String.format(
                Locale.ROOT, "%,." + Math.min(digits, 9) + "f", value == 0 ? 0.0 : value);
    }

    /**
     * Round numbers at about equal factors: the densest kind of which at most {@code most} lie in
     * the range.
     */
    static List<Tick> log(Quantity quantity, double min, double max, int most) {
        List<Double> chosen = List.of();
        for (double[] leads : leads(quantity)) {
            List<Double> candidates = between(quantity, leads, min, max);
            if (candidates.size() <= Math.max(2, most)) {
                chosen = candidates;
            }
        }
        if (chosen.isEmpty()) {
            chosen = thinned(between(quantity, leads(quantity)[0], min, max), Math.max(2, most));
        }
        return chosen.stream().map(v -> new Tick(v, shortest(quantity, v))).toList();
    }

    /** What multiplies the powers of the base, from sparse to dense. */
    private static double[][] leads(Quantity quantity) {
        return quantity.binary()
                ? new double[][] {
                    {1},
                    {1, 32},
                    {1, 8, 64},
                    {1, 4, 16, 64, 256},
                    {1, 2, 4, 8, 16, 32, 64, 128, 256, 512}
                }
                : new double[][] {{1}, {1, 3}, {1, 2, 5}, {1, 1.5, 2, 3, 4, 5, 6, 8}};
    }

    private static List<Double> between(Quantity quantity, double[] leads, double min, double max) {
        double base = quantity.binary() ? 1024 : 10;
        var values = new ArrayList<Double>();
        int first = (int) Math.floor(Math.log(min) / Math.log(base)) - 1;
        int last = (int) Math.ceil(Math.log(max) / Math.log(base)) + 1;
        for (int power = first; power <= last; power++) {
            for (double lead : leads) {
                double value = lead * Math.pow(base, power);
                double rounded = quantity == Quantity.SECONDS ? roundSeconds(value) : value;
                if (rounded >= min * (1 - 1e-9)
                        && rounded <= max * (1 + 1e-9)
                        && !values.contains(rounded)) {
                    values.add(rounded);
                }
            }
        }
        return values;
    }

    /**
     * From a minute on the round lengths of time are not powers of ten: the nearest one stands for
     * them, such as 15 min for 1000 s.
     */
    private static double roundSeconds(double seconds) {
        if (seconds < 60 || seconds > 2e8) {
            return seconds;
        }
        return DoubleStream.of(LONG_STEPS)
                .boxed()
                .filter(s -> s >= 60)
                .min(Comparator.comparingDouble(s -> Math.abs(Math.log(s / seconds))))
                .orElse(seconds);
    }

    private static List<Double> thinned(List<Double> values, int most) {
        int every = (values.size() + most - 1) / most;
        var kept = new ArrayList<Double>();
        for (int i = 0; i < values.size(); i += every) {
            kept.add(values.get(i));
        }
        return kept;
    }

    private static String shortest(Quantity quantity, double value) {
        if (quantity == Quantity.RATIO) {
            return String.format(Locale.ROOT, "%.6f", value * 100).replaceAll("\\.?0+$", "") + " %";
        }
        return quantity.format(value)
                .replace(".0 ", " ")
                .replaceAll("\\.0$", "")
                .replace(".0/", "/");
    }
}
