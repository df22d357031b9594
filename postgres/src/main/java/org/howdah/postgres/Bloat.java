package org.howdah.postgres;

/**
 * Space of a table or index that its live rows would not need if it were written anew.
 *
 * @param bytes what a rewrite would give back
 * @param errorBytes the truth is expected within this much of it, either way
 */
public record Bloat(long bytes, long errorBytes, Method method) {
    public enum Method {
        /** From the number of rows and the average widths of columns; reads no data. */
        ESTIMATE,
        /** From blocks chosen at random. */
        SAMPLE,
        /** From reading all of it with the extension pgstattuple. */
        PGSTATTUPLE
    }

    /** Its share of the whole, 0 to 1. */
    public double shareOf(long wholeBytes) {
        return wholeBytes <= 0 ? 0 : Math.min(1, (double) bytes / wholeBytes);
    }

    /** What is bloat even if the error is as large as it may be. */
    public long certainBytes() {
        return Math.max(0, bytes - errorBytes);
    }
}
