package org.howdah.proxy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happens to a pool now and then, since the start; what happens with every query is in {@link
 * Tally}. Written by the loops, read by anyone.
 */
final class PoolCounters {

    private final LongAdder replays = new LongAdder();
    private final LongAdder examinations = new LongAdder();
    private final Map<Pin, LongAdder> pins = new EnumMap<>(Pin.class);

    PoolCounters() {
        for (Pin pin : Pin.values()) {
            pins.put(pin, new LongAdder());
        }
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
}
