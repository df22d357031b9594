package org.howdah.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Collects the times of requests. Its memory depends on the number of transactions and seconds, not
 * of requests. Safe to use from several threads; a lock suffices, since each request has been to a
 * server and back.
 */
final class Recorder {
    private static final int DIGITS = 3;

    private final ReentrantLock lock = new ReentrantLock();
    private final long beginNanos;
    private final long endNanos;
    private final List<Row> rows = new ArrayList<>();
    private final Row all = new Row();
    private final List<LoadResult.Second> series = new ArrayList<>();
    private final Histogram second = new Histogram(DIGITS);
    private long secondErrors;
    private long completed;
    private long unserved;
    private long maxQueue;
    private long queue;

    Recorder(int transactions, long beginNanos, long endNanos) {
        this.beginNanos = beginNanos;
        this.endNanos = endNanos;
        for (int i = 0; i < transactions; i++) {
            rows.add(new Row());
        }
    }

    /**
     * @param due when the request should have been sent
     */
    void success(int position, long due, long sent, long answered) {
        locked(() -> {
            if (due - beginNanos >= 0) {
                rows.get(position).add(due, sent, answered);
                all.add(due, sent, answered);
            }
            if (within(answered)) {
                roll(answered);
                completed++;
                second.recordValue(micros(answered - due));
            }
        });
    }

    void failure(int position, String sqlState, long due, long answered) {
        locked(() -> {
            if (due - beginNanos >= 0) {
                rows.get(position).errors.merge(sqlState, 1L, Long::sum);
                all.errors.merge(sqlState, 1L, Long::sum);
            }
            if (within(answered)) {
                roll(answered);
                secondErrors++;
            }
        });
    }

    /** The request was due and had no answer when the load ended. */
    void unserved(int position, long due, long now) {
        locked(() -> {
            if (due - beginNanos >= 0) {
                unserved++;
                rows.get(position).response.recordValue(micros(now - due));
                all.response.recordValue(micros(now - due));
            }
        });
    }

    /** So many requests are due but not sent. */
    void queue(long length, long now) {
        locked(() -> {
            if (within(now)) {
                queue = length;
                roll(now);
                maxQueue = Math.max(maxQueue, length);
            }
        });
    }

    /** Closes the last second. */
    void finish(long now) {
        long last = Math.min(now - beginNanos, endNanos - beginNanos);
        locked(() -> rollTo((int) (Math.max(0, last) / TimeUnit.SECONDS.toNanos(1))));
    }

    long completed() {
        return locked(() -> completed);
    }

    long unserved() {
        return locked(() -> unserved);
    }

    long maxQueue() {
        return locked(() -> maxQueue);
    }

    Latency service() {
        return locked(() -> Latency.of(all.service));
    }

    Latency response() {
        return locked(() -> Latency.of(all.response));
    }

    Map<String, Long> errors() {
        return locked(() -> Map.copyOf(all.errors));
    }

    List<LoadResult.Second> series() {
        return locked(() -> List.copyOf(series));
    }

    LoadResult.StatementResult statement(int position, Transaction transaction) {
        return locked(() -> {
            Row row = rows.get(position);
            return new LoadResult.StatementResult(
                    transaction.name(),
                    transaction.kind(),
                    Latency.of(row.service),
                    Latency.of(row.response),
                    row.errors);
        });
    }

    private boolean within(long nanos) {
        return nanos - beginNanos >= 0 && nanos - endNanos < 0;
    }

    private void roll(long now) {
        rollTo((int) ((now - beginNanos) / TimeUnit.SECONDS.toNanos(1)));
    }

    private void rollTo(int current) {
        while (series.size() < current) {
            series.add(
                    new LoadResult.Second(
                            series.size(),
                            second.getTotalCount(),
                            secondErrors,
                            queue,
                            second.getValueAtPercentile(50),
                            second.getValueAtPercentile(95),
                            second.getValueAtPercentile(99),
                            second.getMaxValue()));
            second.reset();
            secondErrors = 0;
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private static long micros(long nanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    private static final class Row {
        private final Histogram service = new Histogram(DIGITS);
        private final Histogram response = new Histogram(DIGITS);
        private final Map<String, Long> errors = new TreeMap<>();

        void add(long due, long sent, long answered) {
            service.recordValue(micros(answered - sent));
            response.recordValue(micros(answered - due));
        }
    }
}
