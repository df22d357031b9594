package org.howdah.proxy;

import java.util.HashMap;
import java.util.Map;

/** What the pools have done on one loop. Loop thread only. */
final class Tallies {

    private final Map<PoolKey, Tally> tallies = new HashMap<>();

    Tally of(PoolKey pool) {
        return tallies.computeIfAbsent(pool, _ -> new Tally());
    }

    /** The pool is forgotten. */
    void remove(PoolKey pool) {
        tallies.remove(pool);
    }

    /** A copy, pool by pool. */
    Map<PoolKey, Tally> copy() {
        Map<PoolKey, Tally> copies = new HashMap<>();
        tallies.forEach((key, tally) -> copies.computeIfAbsent(key, _ -> new Tally()).add(tally));
        return copies;
    }
}
