package org.howdah.workload;

import java.util.random.RandomGenerator;

/**
 * Ranks 1 to n, rank k with a probability in proportion to k^-exponent, in constant time and memory
 * for any n: rejection-inversion after W. Hörmann and G. Derflinger, "Rejection-inversion to
 * generate variates from monotone discrete distributions", ACM TOMACS 6(3), 1996. The hat is the
 * integral of x^-exponent; a candidate is kept outright when it lies within the distance below
 * which no rejection can happen.
 */
final class Zipf {
    private final long count;
    private final double exponent;
    private final double hatOfFirst;
    private final double hatOfLast;
    private final double certain;

    Zipf(long count, double exponent) {
        if (count < 1 || exponent <= 0) {
            throw new IllegalArgumentException("Zipf over " + count + " with " + exponent);
        }
        this.count = count;
        this.exponent = exponent;
        this.hatOfFirst = hat(1.5) - 1;
        this.hatOfLast = hat(count + 0.5);
        this.certain = 2 - hatInverse(hat(2.5) - density(2));
    }

    long rank(RandomGenerator random) {
        while (true) {
            double u = hatOfLast + random.nextDouble() * (hatOfFirst - hatOfLast);
            double x = hatInverse(u);
            long rank = Math.clamp(Math.round(x), 1L, count);
            if (rank - x <= certain || u >= hat(rank + 0.5) - density((double) rank)) {
                return rank;
            }
        }
    }

    private double density(double x) {
        return Math.exp(-exponent * Math.log(x));
    }

    private double hat(double x) {
        double log = Math.log(x);
        double power = (1 - exponent) * log;
        return Math.abs(power) < 1e-8 ? log : Math.expm1(power) / (1 - exponent);
    }

    private double hatInverse(double x) {
        double scaled = Math.max(-1, x * (1 - exponent));
        return Math.exp(Math.abs(1 - exponent) < 1e-8 ? x : Math.log1p(scaled) / (1 - exponent));
    }
}
