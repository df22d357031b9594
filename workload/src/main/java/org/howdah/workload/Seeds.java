package org.howdah.workload;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Seeds derived from seeds, so that a row or a request has the same random numbers whichever thread
 * makes it and whatever was made before.
 */
final class Seeds {
    private Seeds() {}

    /**
     * Two numbers stirred into one by the finalizer of SplitMix64 (Steele, Lea, Flood: Fast
     * Splittable Pseudorandom Number Generators, 2014).
     */
    static long mix(long seed, long salt) {
        long z = seed * 0x9E3779B97F4A7C15L + salt;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long mix(long seed, long salt, long more) {
        return mix(mix(seed, salt), more);
    }

    static RandomGenerator random(long seed, long salt, long more) {
        return new SplittableRandom(mix(seed, salt, more));
    }
}
