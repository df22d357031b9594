package org.howdah.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that other threads leave for a loop. Only the first one left while the loop sleeps pays for
 * waking it up.
 */
final class Mailbox {
    /** So that a loop whose tasks leave tasks still looks after its sockets. */
    private static final int TASKS_A_TURN = 1024;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asleep = new AtomicBoolean();

    /**
     * Any thread.
     *
     * @return whether the loop must be woken up
     */
    boolean leave(Runnable task) {
        tasks.add(task);
        return wake();
    }

    /**
     * Any thread.
     *
     * @return whether the loop sleeps and nobody else has taken it upon himself to wake it up
     */
    boolean wake() {
        return asleep.get() && asleep.compareAndSet(true, false);
    }

    /**
     * The loop is about to sleep.
     *
     * @return whether it may; if not, something has been left meanwhile
     */
    boolean goToSleep() {
        asleep.set(true);
        if (tasks.isEmpty()) {
            return true;
        }
        asleep.set(false);
        return false;
    }

    void awake() {
        asleep.set(false);
    }

    /**
     * Runs what has been left, in order.
     *
     * @return whether there was anything
     */
    boolean run(TaskRunner runner) {
        int done = 0;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            runner.run(task);
            if (++done == TASKS_A_TURN) {
                break;
            }
        }
        return done > 0;
    }

    /** Takes out what will not be run any more, one by one; null at the end. */
    @Nullable Runnable discard() {
        return tasks.poll();
    }
}
