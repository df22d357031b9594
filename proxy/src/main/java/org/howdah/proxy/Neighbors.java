package org.howdah.proxy;

/** The other pools, which share a database's and a user's connections with this one. */
interface Neighbors {

    /**
     * Closes the connection of another pool that has been idle longest, of those that are in the
     * way of this pool.
     */
    void evictFor(Pool wanting);

    /** A connection has ended: those that wait for its place may grow. Called by a loop. */
    void placeFreed(PoolKey key, ProxyLoop loop);
}
