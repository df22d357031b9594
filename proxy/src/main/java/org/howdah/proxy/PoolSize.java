package org.howdah.proxy;

import java.util.function.Supplier;

/**
 * How many connections a pool has, and how many it may and should have. Its pool holds the lock.
 */
final class PoolSize {

    /** Connections that are made at the same time; more would only queue at the server. */
    private static final int DIALS = 8;

    private final Supplier<Terms> terms;
    private int connections;
    private int dialing;
    private int failures;
    private long retryAt;
    private int clients;
    private long lastRetired;

    /**
     * @param terms what holds for the pool at the moment
     */
    PoolSize(Supplier<Terms> terms) {
        this.terms = terms;
    }

    /** Those that are being made included. */
    int connections() {
        return connections;
    }

    int dialing() {
        return dialing;
    }

    /** Whether there are more than there may ever be. */
    boolean exceeded() {
        return connections > bound(true);
    }

    private int bound(boolean withReserve) {
        PoolSettings bounds = terms.get().pool();
        if (bounds.size() == 0) {
            return Integer.MAX_VALUE;
        }
        return withReserve ? bounds.size() + bounds.reserve() : bounds.size();
    }

    /** Connections that are kept open while the pool is in use. */
    int minimum() {
        boolean used = clients > 0 || terms.get().database().backend().user().isPresent();
        return used ? terms.get().pool().minimum() : 0;
    }

    /**
     * Whether one more should be made.
     *
     * @param waiting clients that want one
     * @param late whether the first of them waits for too long: the reserve counts
     */
    boolean grows(int waiting, boolean late, long now) {
        int wanted = Math.max(minimum() - (connections - dialing), waiting);
        return dialing < Math.min(wanted, DIALS)
                && (retryAt == 0 || now >= retryAt)
                && connections < bound(late);
    }

    void dials() {
        connections++;
        dialing++;
    }

    void opened() {
        dialing--;
        failures = 0;
        retryAt = 0;
    }

    /** One could not be made: the next is tried after a pause, longer each time. */
    void failed(long now) {
        dialing--;
        connections--;
        failures++;
        long pause = terms.get().times().serverLoginRetry().toNanos() << Math.min(failures - 1, 4);
        retryAt = now + pause;
    }

    void closed() {
        connections--;
    }

    /** The next may be tried at once: what made the last one fail has changed. */
    void retryNow() {
        retryAt = 0;
    }

    void entered() {
        clients++;
    }

    void left() {
        clients--;
    }

    /**
     * Whether a connection has lived long enough. They are not ended all at once: there is a pause
     * between one and the next.
     */
    boolean retires(Server server, long now) {
        long lifetime = terms.get().times().serverLifetime().toNanos();
        if (now - server.identity().madeAt() <= lifetime) {
            return false;
        }
        int size = Math.max(1, terms.get().pool().size());
        if (lastRetired != 0 && now - lastRetired < lifetime / size) {
            return false;
        }
        lastRetired = now;
        return true;
    }
}
