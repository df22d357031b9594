package org.howdah.repository;

import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;

/**
 * The server that the repository is on: somebody's, or our own, which lives until its last user has
 * gone.
 */
record RepositoryHome(Dsn dsn, Runnable leave) implements AutoCloseable {
    static RepositoryHome open(RepositoryOptions options, Environment environment) {
        return options.dsn()
                .map(dsn -> new RepositoryHome(dsn, () -> {}))
                .orElseThrow(() -> new UnsupportedOperationException(environment.toString()));
    }

    @Override
    public void close() {
        leave.run();
    }
}
