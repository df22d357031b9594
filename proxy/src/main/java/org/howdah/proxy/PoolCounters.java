package org.howdah.proxy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What a pool has done since the start. Written by the loops, read by anyone. */
final class PoolCounters {

    private final LongAdder queries = new LongAdder();
    private final LongAdder queryNanos = new LongAdder();
    private final LongAdder prepares = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder replays = new LongAdder();
    private final LongAdder examinations = new LongAdder();
    private final Map<Pin, LongAdder> pins = new EnumMap<>(Pin.class);

    PoolCounters() {
        for (Pin pin : Pin.values()) {
            pins.put(pin, new LongAdder());
        }
    }

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

    /** A client's settings were set on a server connection. */
    void replayed() {
        replays.increment();
    }

    /** A server was asked how its session stands. */
    void examined() {
        examinations.increment();
    }

    /** A client keeps its server connection for this reason from now on. */
    void pinned(Pin reason) {
        counter(reason).increment();
    }

    long replays() {
        return replays.sum();
    }

    long examinations() {
        return examinations.sum();
    }

    /** How often clients were pinned for this reason. */
    long pins(Pin reason) {
        return counter(reason).sum();
    }

    private LongAdder counter(Pin reason) {
        return Objects.requireNonNull(pins.get(reason));
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
