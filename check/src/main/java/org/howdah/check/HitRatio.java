package org.howdah.check;

import java.util.OptionalDouble;

/** How often something was found where it should be. */
final class HitRatio {
    private HitRatio() {}

    /**
     * Hits among all accesses.
     *
     * @param enough fewer accesses give no ratio
     */
    static OptionalDouble of(long hits, long misses, long enough) {
        long all = hits + misses;
        return all == 0 || all < enough
                ? OptionalDouble.empty()
                : OptionalDouble.of(hits / (double) all);
    }
}
