package org.howdah.proxy;

/**
 * Counts durations in buckets whose widths grow with the duration: eight between a power of two of
 * microseconds and the next, so that a quantile is wrong by a sixteenth at most. The writer
 * allocates nothing and needs no lock; it is one thread.
 */
final class Histogram {

    /** Buckets between a power of two and the next, as a power of two. */
    private static final int SUB_BITS = 3;

    private static final int SUBS = 1 << SUB_BITS;

    /** Longer durations count as 2^31 microseconds, which is 36 minutes. */
    private static final int MOST_BITS = 31;

    private static final int BUCKETS = (MOST_BITS - SUB_BITS + 1) * SUBS;
    private static final int NANOS_PER_MICRO = 1000;

    private final long[] counts = new long[BUCKETS];
    private long count;
    private long sumNanos;
    private long mostNanos;

    void record(long nanos) {
        long taken = Math.max(0, nanos);
        counts[bucket(taken / NANOS_PER_MICRO)]++;
        count++;
        sumNanos += taken;
        mostNanos = Math.max(mostNanos, taken);
    }

    private static int bucket(long micros) {
        long bounded = Math.min(micros, (1L << MOST_BITS) - 1);
        if (bounded < SUBS) {
            return (int) bounded;
        }
        int power = 63 - Long.numberOfLeadingZeros(bounded);
        int sub = (int) (bounded >>> (power - SUB_BITS)) & (SUBS - 1);
        return (power - SUB_BITS + 1) * SUBS + sub;
    }

    /** The first duration in microseconds that is in none of the buckets up to this one. */
    private static long limitMicros(int bucket) {
        if (bucket < SUBS) {
            return bucket + 1L;
        }
        int power = bucket / SUBS + SUB_BITS - 1;
        return (SUBS + bucket % SUBS + 1L) << (power - SUB_BITS);
    }

    /** Adds what another has counted. */
    void add(Histogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        sumNanos += other.sumNanos;
        mostNanos = Math.max(mostNanos, other.mostNanos);
    }

    long count() {
        return count;
    }

    long sumNanos() {
        return sumNanos;
    }

    long mostNanos() {
        return mostNanos;
    }

    /**
     * The duration in microseconds below which this share of all is; 0 when nothing was counted.
     *
     * @param share 0 to 1
     */
    long quantileMicros(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(limitMicros(i), Math.ceilDiv(mostNanos, NANOS_PER_MICRO));
            }
        }
        return 0;
    }

    /**
     * How many were shorter.
     *
     * @param power of two microseconds
     */
    long below(int power) {
        long below = 0;
        for (int i = 0; i < BUCKETS && limitMicros(i) <= 1L << power; i++) {
            below += counts[i];
        }
        return below;
    }
}
