package org.howdah.wire;

/** What a server tells a client for its password: the keys depend on it. */
public record ScramSalting(Payload salt, int iterations) {

    /** PostgreSQL's default of {@code scram_iterations}, and the least that RFC 7677 allows. */
    public static final int DEFAULT_ITERATIONS = 4096;

    /**
     * A server that asks for more is not answered. Deriving so many takes about 0.2 s; PostgreSQL
     * has no bound of its own.
     */
    public static final int MOST_ITERATIONS = 1_000_000;

    /** Bytes of salt that PostgreSQL makes. */
    static final int DEFAULT_SALT_BYTES = 16;

    static final int MOST_SALT_BYTES = 1024;

    public ScramSalting {
        if (iterations < 1) {
            throw new IllegalArgumentException("At least one iteration: " + iterations);
        }
    }
}
