package org.howdah.postgres;

import java.time.Duration;

/**
 * How fast a counter of the server grows.
 *
 * @param over the time over which it was measured
 */
public record Rate(double perSecond, Duration over, Basis basis) {
    /** Between which two readings. */
    public enum Basis {
        /** The server's last checkpoint, whose counters it keeps, and now. */
        SINCE_CHECKPOINT,
        /** The beginning and the end of reading this server's facts. */
        WHILE_READING
    }

    /** Such as {@code over the 240 s since the last checkpoint}. */
    public String describe() {
        double seconds = over.toMillis() / 1000.0;
        return switch (basis) {
            case SINCE_CHECKPOINT -> "over the %.0f s since the last checkpoint".formatted(seconds);
            case WHILE_READING -> "over %.1f s while reading".formatted(seconds);
        };
    }
}
