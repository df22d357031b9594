package org.howdah.workload;

/**
 * A fixed shuffle of 1 to n, so that the most frequent ranks do not lie side by side in a table. It
 * multiplies by a prime that does not divide n and adds an offset, modulo n.
 */
final class Scatter {
    private static final long LARGEST = 3_000_000_000L;
    private static final long[] PRIMES = {2_654_435_761L, 2_246_822_519L};

    private final long count;
    private final long factor;
    private final long offset;

    Scatter(long count, long seed) {
        if (count < 1 || count > LARGEST) {
            throw new IllegalArgumentException("cannot shuffle " + count + " identifiers");
        }
        long prime = count % PRIMES[0] == 0 ? PRIMES[1] : PRIMES[0];
        this.count = count;
        this.factor = prime % count;
        this.offset = Math.floorMod(seed, count);
    }

    /** The identifier that stands at the rank; both count from 1. */
    long identifier(long rank) {
        return ((rank - 1) * factor % count + offset) % count + 1;
    }
}
