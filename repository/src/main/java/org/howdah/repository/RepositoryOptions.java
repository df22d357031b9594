package org.howdah.repository;

import java.util.Optional;
import org.howdah.postgres.Dsn;

/**
 * Where our own state is kept.
 *
 * @param dsn any PostgreSQL database; none for a server of our own under the state directory
 * @param connections the most connections that one process opens to it
 */
public record RepositoryOptions(Optional<Dsn> dsn, int connections) {
    private static final int CONNECTIONS = 4;

    public RepositoryOptions {
        if (connections < 1) {
            throw new IllegalArgumentException("connections is " + connections + ", less than 1");
        }
    }

    /** A server of our own, started by whoever comes first and stopped by whoever goes last. */
    public static RepositoryOptions embedded() {
        return new RepositoryOptions(Optional.empty(), CONNECTIONS);
    }

    public static RepositoryOptions at(Dsn dsn) {
        return new RepositoryOptions(Optional.of(dsn), CONNECTIONS);
    }
}
