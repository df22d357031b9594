package org.howdah.rehearsal;

import java.time.Duration;

/**
 * How a run of the desync fuzzer is to be.
 *
 * @param transport as the proxy's key of this name has it: {@code nio}, {@code io_uring}
 * @param loops of the proxy
 * @param poolSize server connections; few, so that clients wait
 * @param preparedStatements that stay prepared on a connection; few, so that they are evicted
 */
public record DesyncOptions(
        long seed,
        Mode mode,
        String transport,
        int loops,
        int clients,
        int poolSize,
        int preparedStatements,
        Duration duration) {

    /** The pool's mode. */
    public enum Mode {
        SESSION,
        TRANSACTION,
        STATEMENT;

        /** Whether transactions of several statements are allowed. */
        boolean transactions() {
            return this != STATEMENT;
        }
    }

    /** Twenty clients for three connections by java.nio. */
    public static DesyncOptions of(long seed, Mode mode) {
        return new DesyncOptions(seed, mode, "nio", 1, 20, 3, 3, Duration.ofSeconds(5));
    }

    public DesyncOptions transport(String other) {
        return new DesyncOptions(
                seed, mode, other, loops, clients, poolSize, preparedStatements, duration);
    }

    public DesyncOptions loops(int other) {
        return new DesyncOptions(
                seed, mode, transport, other, clients, poolSize, preparedStatements, duration);
    }

    public DesyncOptions clients(int other) {
        return new DesyncOptions(
                seed, mode, transport, loops, other, poolSize, preparedStatements, duration);
    }

    public DesyncOptions duration(Duration other) {
        return new DesyncOptions(
                seed, mode, transport, loops, clients, poolSize, preparedStatements, other);
    }

    @Override
    public String toString() {
        return "seed %d, %s mode, %s, %d loops, %d clients, %d connections"
                .formatted(seed, mode, transport, loops, clients, poolSize);
    }
}
