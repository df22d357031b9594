package org.howdah.transport;

import java.util.function.LongSupplier;

/**
 * The share of its time for which a thread had a processor, by the system's own account: that
 * counts what the thread does inside the system, such as sending, and does not count its waits. Any
 * thread.
 */
final class LoadMeter {
    private final LongSupplier cpuNanos;
    private long lastCpuNanos;
    private long lastNanos = System.nanoTime();

    LoadMeter(LongSupplier cpuNanos) {
        this.cpuNanos = cpuNanos;
    }

    /** Since the last call, 0 to 1. */
    synchronized double sinceLast() {
        long now = System.nanoTime();
        // Below zero when the thread has ended.
        long cpu = Math.max(lastCpuNanos, cpuNanos.getAsLong());
        long elapsed = Math.max(1, now - lastNanos);
        double share = Math.clamp((double) (cpu - lastCpuNanos) / elapsed, 0, 1);
        lastCpuNanos = cpu;
        lastNanos = now;
        return share;
    }
}
