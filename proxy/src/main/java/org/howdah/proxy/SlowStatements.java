package org.howdah.proxy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs statements that took too long, without their constants. */
final class SlowStatements {

    private static final Logger LOG = LoggerFactory.getLogger(SlowStatements.class);
    private static final double MILLI = 1e6;

    private SlowStatements() {}

    /**
     * A statement is done.
     *
     * @param limit above which it is slow; zero: never
     * @param waited nanoseconds until its client had a server connection
     * @param took nanoseconds that the server took
     */
    static void ran(
            Duration limit,
            PoolKey pool,
            @Nullable StatementRecord statement,
            long waited,
            long took) {
        if (limit.isZero() || waited + took <= limit.toNanos()) {
            return;
        }
        LOG.warn(
                "Slow statement of {}: {} ms, of which {} ms waiting for a server connection and {} ms on the server: {} {}",
                pool,
                millis(waited + took),
                millis(waited),
                millis(took),
                statement == null ? "-" : statement.hex(),
                statement == null ? "(not known)" : statement.text());
    }

    private static String millis(long nanos) {
        return "%.1f".formatted(nanos / MILLI);
    }
}
