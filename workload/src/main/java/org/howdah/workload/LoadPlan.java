package org.howdah.workload;

import java.time.Duration;

/**
 * How a load is to be run.
 *
 * @param warmUp runs before the measurement begins
 * @param duration of the measurement
 * @param grace how long requests that are due or under way at the end may still take
 * @param seed of the requests
 */
public record LoadPlan(Pace pace, Duration warmUp, Duration duration, Duration grace, long seed) {

    /** When requests are sent. */
    public sealed interface Pace {

        /** How many connections to the writer are used, and as many to readers. */
        int connections();

        /**
         * At a fixed rate, whether the server keeps up or not: a request that must wait for a free
         * connection has been waiting since it was due, and its latency says so.
         */
        record OpenLoop(double ratePerSecond, int connections) implements Pace {
            public OpenLoop {
                if (!(ratePerSecond > 0) || ratePerSecond > 1_000_000 || connections < 1) {
                    throw new IllegalArgumentException(
                            ratePerSecond + "/s over " + connections + " connections");
                }
            }
        }

        /** Each client sends its next request when the last was answered and it has thought. */
        record ClosedLoop(int connections, Duration thinkTime) implements Pace {
            public ClosedLoop {
                if (connections < 1 || thinkTime.isNegative()) {
                    throw new IllegalArgumentException(connections + " clients, " + thinkTime);
                }
            }
        }
    }

    public LoadPlan {
        if (warmUp.isNegative() || !duration.isPositive() || grace.isNegative()) {
            throw new IllegalArgumentException(warmUp + ", " + duration + ", " + grace);
        }
    }

    /** As many requests a second, for so long, over at most so many connections. */
    public static LoadPlan openLoop(
            double ratePerSecond, int connections, Duration warmUp, Duration duration) {
        return new LoadPlan(
                new Pace.OpenLoop(ratePerSecond, connections),
                warmUp,
                duration,
                Duration.ofSeconds(10),
                1);
    }

    /** As fast as so many clients get answers, for so long. */
    public static LoadPlan closedLoop(int clients, Duration warmUp, Duration duration) {
        return new LoadPlan(
                new Pace.ClosedLoop(clients, Duration.ZERO),
                warmUp,
                duration,
                Duration.ofSeconds(10),
                1);
    }

    public LoadPlan withSeed(long other) {
        return new LoadPlan(pace, warmUp, duration, grace, other);
    }

    public LoadPlan withGrace(Duration other) {
        return new LoadPlan(pace, warmUp, duration, other, seed);
    }
}
