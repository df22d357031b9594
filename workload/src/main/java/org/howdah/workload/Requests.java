package org.howdah.workload;

import java.util.random.RandomGenerator;

/**
 * The requests of a workload, each by who sends it and its number: the hundredth request of the
 * third client is the same in every run with the same seed, however fast the server is, and a
 * measurement before a change and one after it ask for the same.
 */
public final class Requests {
    private static final long PROBE = -1;

    private final Workload workload;
    private final Generator.Source source;
    private final Weighted<Integer> positions;
    private final long seed;

    public Requests(Workload workload, Population population, long seed) {
        this.workload = workload;
        this.source = Generator.Source.of(population);
        this.positions = workload.positions();
        this.seed = seed;
    }

    /** The request that the client (from 0) sends as its number-th (from 0). */
    public Request of(long client, long number) {
        RandomGenerator random = Seeds.random(seed, client, number);
        return request(positions.pick(random), random);
    }

    /** The number-th request of the transaction at the position. */
    public Request probe(int position, long number) {
        return request(position, Seeds.random(Seeds.mix(seed, PROBE), position, number));
    }

    private Request request(int position, RandomGenerator random) {
        Transaction transaction = workload.transactions().get(position);
        return new Request(position, transaction.values(random, source));
    }
}
