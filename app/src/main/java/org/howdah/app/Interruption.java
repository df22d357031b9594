package org.howdah.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command end in order when a person presses Ctrl-C or the process is told to end. */
interface Interruption {
    /** Undoes the registration; the work is over. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Asks {@code stop} to end the work when the process is interrupted, and keeps the process
     * alive until the registration is closed.
     *
     * @param stop returns at once; runs in a thread of its own
     */
    Registration during(Runnable stop);

    /** By a shutdown hook; waits up to 60 s, which ends the longest remedy that can be ended. */
    static Interruption ofProcess() {
        return stop -> {
            CountDownLatch over = new CountDownLatch(1);
            Thread hook =
                    new Thread(
                            () -> {
                                stop.run();
                                awaitQuietly(over, Duration.ofSeconds(60));
                            },
                            "howdah-interrupted");
            Runtime.getRuntime().addShutdownHook(hook);
            return () -> {
                over.countDown();
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException endingAlready) {
                    // The hook runs and ends by the latch.
                }
            };
        };
    }

    private static void awaitQuietly(CountDownLatch over, Duration limit) {
        try {
            over.await(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
