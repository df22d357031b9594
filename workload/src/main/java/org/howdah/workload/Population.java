package org.howdah.workload;

import java.time.Duration;
import java.time.Instant;

/**
 * Which data a workload has: enough to make every row and every parameter again.
 *
 * @param scale 1 for about two million rows in a third of a gigabyte
 * @param anchor the moment up to which the data reaches; times in parameters count back from it
 */
public record Population(double scale, long seed, Instant anchor) {
    /** How far the data reaches back. */
    public static final Duration HISTORY = Duration.ofDays(180);

    /** How uneven people are: at 50,000 the busiest has half a percent of all events. */
    static final double USER_EXPONENT = 0.6;

    public Population {
        if (!(scale > 0) || scale > 2_000) {
            throw new IllegalArgumentException(
                    "scale must be above 0 and at most 2000, not " + scale);
        }
    }

    /** Rows of the table, by its logical name. */
    public long rows(String table) {
        return Math.max(20, Math.round(Schema.table(table).rows() * scale));
    }

    /** Of all tables together. */
    public long rows() {
        return Schema.tables().stream().mapToLong(table -> rows(table.name())).sum();
    }
}
