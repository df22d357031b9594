package org.howdah.proxy;

import java.util.concurrent.atomic.LongAdder;

/** What a pool has done since the start. Written by the loops, read by anyone. */
final class PoolCounters {

    private final LongAdder queries = new LongAdder();
    private final LongAdder queryNanos = new LongAdder();
    private final LongAdder prepares = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();

    /** A server has answered all that it was asked after this time. */
    void answered(long nanos) {
        queries.increment();
        queryNanos.add(nanos);
    }

    /** A client has got a server connection after this time. */
    void waited(long nanos) {
        waits.increment();
        waitNanos.add(nanos);
    }

    /** A statement was prepared on a server for a client that had prepared it elsewhere. */
    void prepared() {
        prepares.increment();
    }

    /** A statement was closed on a server to make room for another. */
    void evicted() {
        evictions.increment();
    }

    long prepares() {
        return prepares.sum();
    }

    long evictions() {
        return evictions.sum();
    }

    long queries() {
        return queries.sum();
    }

    long queryNanos() {
        return queryNanos.sum();
    }

    long waits() {
        return waits.sum();
    }

    long waitNanos() {
        return waitNanos.sum();
    }
}
