package org.howdah.report;

/**
 * An axis of a chart.
 *
 * @param label what is measured along it, such as {@code latency, p95}
 * @param quantity how its numbers are written
 * @param progression how values are spaced
 */
public record Axis(String label, Quantity quantity, Progression progression) {

    /** An axis from zero (or below) in equal steps. */
    public static Axis linear(String label, Quantity quantity) {
        return new Axis(label, quantity, Progression.LINEAR);
    }

    /**
     * An axis on which equal distances are equal factors; what is not above zero has no place on
     * it.
     */
    public static Axis log(String label, Quantity quantity) {
        return new Axis(label, quantity, Progression.LOG);
    }

    /** How values are spaced. */
    public enum Progression {
        LINEAR,
        LOG
    }
}
