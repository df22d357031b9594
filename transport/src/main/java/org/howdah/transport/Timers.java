package org.howdah.transport;

import java.util.PriorityQueue;

/** A loop's timers. Loop thread only; times are of {@link System#nanoTime}. */
final class Timers {
    /** No timer is waiting. */
    static final long NONE = -1;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long added;

    void at(long dueNanos, Runnable task) {
        queue.add(new Timer(dueNanos, added++, task));
    }

    /**
     * How long until the next timer is due.
     *
     * @return 0 when one is due, {@link #NONE} when none is waiting
     */
    long untilNextNanos(long nowNanos) {
        Timer next = queue.peek();
        return next == null ? NONE : Math.max(0, next.dueNanos - nowNanos);
    }

    /**
     * Runs those that are due, the earliest first, equal ones in the order in which they were
     * added. Timers that these add wait for the next turn, so that a turn ends.
     *
     * @return whether there were any
     */
    boolean runDue(long nowNanos, TaskRunner runner) {
        long mark = added;
        boolean ran = false;
        for (Timer next = queue.peek();
                next != null && next.dueNanos - nowNanos <= 0 && next.order < mark;
                next = queue.peek()) {
            queue.remove();
            runner.run(next.task);
            ran = true;
        }
        return ran;
    }

    private record Timer(long dueNanos, long order, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            // nanoTime may wrap: only differences mean something.
            int byTime = Long.signum(dueNanos - other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
