package org.howdah.proxy;

/**
 * A pool at a moment.
 *
 * @param connections server connections, those that are being made included
 * @param idle those that nobody uses
 * @param dialing those that are being made
 * @param waiting clients in line
 * @param waitingSince when the first of them began to wait, by {@link System#nanoTime}; 0: nobody
 *     waits
 */
record PoolState(
        PoolKey key,
        PoolMode mode,
        int connections,
        int idle,
        int dialing,
        int waiting,
        long waitingSince,
        Flow flow,
        int epoch) {}
