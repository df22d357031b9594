package org.howdah.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a tour before its end. Most of a tour is waiting for a server's answer, which no
 * interruption of a thread disturbs; therefore the servers are stopped, too. Safe for use by
 * several threads.
 */
final class Ending {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(100);

    private final CountDownLatch ended = new CountDownLatch(1);
    private Optional<Thread> worker = Optional.empty();
    private Optional<TourCluster> cluster = Optional.empty();
    private boolean interrupted;

    /** The tour runs in this thread. */
    synchronized void begin() {
        worker = Optional.of(Thread.currentThread());
    }

    /** From now on there are servers to be stopped. */
    synchronized void concerns(TourCluster started) {
        cluster = Optional.of(started);
    }

    /** Leaves no trace of an interruption in the thread, which has to report it. */
    synchronized void over() {
        worker = Optional.empty();
        cluster = Optional.empty();
        if (interrupted) {
            boolean _ = Thread.interrupted();
        }
        ended.countDown();
    }

    /** Returns when the tour is over, or after half a minute. */
    void interrupt() {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        synchronized (this) {
            interrupted = true;
            if (worker.isEmpty()) {
                return;
            }
            worker.get().interrupt();
        }
        // Again and again: a server may be about to be made, or to be started.
        while (!awaitEnd() && System.nanoTime() - deadlineNanos < 0) {
            running().ifPresent(TourCluster::stopServers);
        }
    }

    private synchronized Optional<TourCluster> running() {
        return cluster;
    }

    private boolean awaitEnd() {
        try {
            return ended.await(STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /**
     * @throws TourInterrupted if the tour was interrupted
     */
    synchronized void requireNone(Optional<Path> data, Optional<RuntimeException> consequence) {
        if (interrupted) {
            throw new TourInterrupted(data, consequence);
        }
    }
}
