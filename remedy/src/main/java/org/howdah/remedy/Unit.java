package org.howdah.remedy;

/** What a number counts. */
public enum Unit {
    COUNT,
    BYTES,
    SECONDS,
    /** 0 to 1, shown as a percentage. */
    RATIO,
    PER_SECOND,
    BYTES_PER_SECOND
}
