package org.howdah.remedy;

import java.util.OptionalDouble;
import org.howdah.report.Quantity;

/**
 * One number of a finding's evidence.
 *
 * @param threshold the value beyond which the finding holds, where this number decides
 */
public record Measure(String name, double value, Quantity unit, OptionalDouble threshold) {
    public static Measure of(String name, double value, Quantity unit) {
        return new Measure(name, value, unit, OptionalDouble.empty());
    }

    public static Measure against(String name, double value, Quantity unit, double threshold) {
        return new Measure(name, value, unit, OptionalDouble.of(threshold));
    }

    /** A whole number. */
    public static Measure of(String name, long value, Quantity unit) {
        return of(name, (double) value, unit);
    }

    /** Whole numbers. */
    public static Measure against(String name, long value, Quantity unit, long threshold) {
        return against(name, (double) value, unit, (double) threshold);
    }

    /** A whole number against one that need not be. */
    public static Measure against(String name, long value, Quantity unit, double threshold) {
        return against(name, (double) value, unit, threshold);
    }
}
