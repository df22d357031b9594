package org.howdah.proxy;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what would hold a loop up: hashing passwords thousands of times, reading files. Their
 * queue is bounded, so that many logins at a time cost a refusal and not memory.
 */
final class SlowWork implements AutoCloseable, Executor {

    private static final int QUEUE = 4096;

    private final ThreadPoolExecutor threads;

    SlowWork(int threadCount) {
        threads =
                new ThreadPoolExecutor(
                        threadCount,
                        threadCount,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUE),
                        Thread.ofPlatform().daemon().name("slow-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** False when there is too much to do already. */
    boolean run(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** Does it in any case, by the caller if there is no other way. */
    @Override
    public void execute(Runnable work) {
        if (!run(work)) {
            work.run();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
