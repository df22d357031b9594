package org.howdah.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Waiting for something that sends no signal: looks again every few milliseconds, until a limit.
 */
final class Wait {

    private static final Duration STEP = Duration.ofMillis(4);

    private final long deadlineNanos;

    private Wait(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    static Wait atMost(Duration patience) {
        return new Wait(System.nanoTime() + patience.toNanos());
    }

    /**
     * Pauses, then says whether there is time for another look. An interrupt is kept for later: an
     * interrupted thread, too, must be able to stop a server in order.
     */
    boolean again() {
        if (System.nanoTime() - deadlineNanos >= 0) {
            return false;
        }
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(STEP.toNanos());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
