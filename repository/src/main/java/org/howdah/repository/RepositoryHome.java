package org.howdah.repository;

import java.nio.file.Path;
import java.util.Map;
import org.howdah.embedded.EmbeddedException;
import org.howdah.embedded.Host;
import org.howdah.embedded.Server;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.SharedServer;
import org.howdah.embedded.StateDirectory;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;

/**
 * The server that the repository is on: somebody's, or our own, which lives until its last user has
 * gone.
 */
record RepositoryHome(Dsn dsn, Runnable leave) implements AutoCloseable {
    /** Small: it holds a journal, not the users' data. */
    private static final Map<String, String> SETTINGS =
            Map.of("shared_buffers", "32MB", "max_connections", "50");

    static RepositoryHome open(RepositoryOptions options, Environment environment) {
        return options.dsn()
                .map(dsn -> new RepositoryHome(dsn, () -> {}))
                .orElseGet(() -> shared(environment));
    }

    private static RepositoryHome shared(Environment environment) {
        StateDirectory state = StateDirectory.of(environment.variables(), environment.home());
        return shared(state.root().resolve("repository"), Host.local().withState(state));
    }

    /** Joins the server in that directory, or starts it. */
    static RepositoryHome shared(Path directory, Host host) {
        try {
            SharedServer server =
                    SharedServer.join(
                            directory, ServerOptions.defaults().withSettings(SETTINGS), host);
            // The address is complete: nothing of PGHOST, PGUSER and the like belongs to it.
            Environment bare = new Environment(Map.of(), directory, Server.SUPERUSER);
            Dsn dsn = Dsn.parse(server.server().dsn(Server.DATABASE), bare);
            return new RepositoryHome(dsn, server::close);
        } catch (EmbeddedException failure) {
            throw new HowdahException(
                    "repository-not-started",
                    "The repository's own server in %s cannot be used: %s"
                            .formatted(directory, failure.getMessage()),
                    failure.hint(),
                    ExitCode.CANNOT_CONNECT,
                    failure);
        }
    }

    @Override
    public void close() {
        leave.run();
    }
}
