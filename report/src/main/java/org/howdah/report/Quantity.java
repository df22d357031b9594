package org.howdah.report;

/** What a number on an axis, in a bar or in a progress line counts, hence how it is written. */
public enum Quantity {
    /** A plain number of things. */
    COUNT,
    /** Bytes, written in binary multiples. */
    BYTES,
    /** A length of time in seconds. */
    SECONDS,
    /** A part of a whole: 1 is written as 100 %. */
    RATIO,
    /** Things a second. */
    PER_SECOND,
    /** Bytes a second. */
    BYTES_PER_SECOND;

    /** The value with its unit, as {@link Units} writes it. */
    public String format(double value) {
        return switch (this) {
            case COUNT -> Units.count(value);
            case BYTES -> Units.bytes(value);
            case SECONDS -> Units.seconds(value);
            case RATIO -> Units.percent(value);
            case PER_SECOND -> Units.perSecond(value);
            case BYTES_PER_SECOND -> Units.bytesPerSecond(value);
        };
    }

    /** The same for a whole number. */
    public String format(long value) {
        return format((double) value);
    }

    boolean binary() {
        return this == BYTES || this == BYTES_PER_SECOND;
    }
}
