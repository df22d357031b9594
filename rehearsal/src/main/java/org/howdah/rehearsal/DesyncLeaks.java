package org.howdah.rehearsal;

import java.net.SocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.howdah.embedded.Server;
import org.howdah.wire.Credentials;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;

/** Looks, when all clients have gone, whether the pool is whole. */
final class DesyncLeaks {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SESSIONS =
            """
            SELECT count(*) FILTER (WHERE state = 'idle'), count(*) FILTER (WHERE state <> 'idle')
            FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
            """;

    private DesyncLeaks() {}

    static Optional<String> find(SocketAddress proxy, DesyncOptions options, Server server) {
        Optional<String> busy = busy(options, server);
        return busy.isPresent() ? busy : slots(proxy, options);
    }

    /** All server connections must come to rest, and there must not be too many. */
    private static Optional<String> busy(DesyncOptions options, Server server) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < end) {
            try (Connection connection = server.connect();
                    ResultSet sessions = connection.createStatement().executeQuery(SESSIONS)) {
                sessions.next();
                if (sessions.getInt(2) == 0 && sessions.getInt(1) <= options.poolSize()) {
                    return Optional.empty();
                }
                last =
                        "%d idle and %d busy server connections are left"
                                .formatted(sessions.getInt(1), sessions.getInt(2));
            } catch (SQLException failed) {
                last = failed.getMessage();
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return Optional.of(last + " (" + options + ")");
    }

    /** As many clients as the pool has connections must all be served at the same time. */
    private static Optional<String> slots(SocketAddress proxy, DesyncOptions options) {
        List<WireClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < options.poolSize(); i++) {
                WireClient client =
                        WireClient.connect(proxy, PATIENCE)
                                .login(
                                        StartupMessage.of(
                                                ProtocolVersion.V3_2,
                                                Server.SUPERUSER,
                                                DesyncProxy.DATABASE),
                                        Credentials.none());
                clients.add(client);
                if (options.mode().transactions()) {
                    client.query("BEGIN");
                }
                client.value("SELECT 1");
            }
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of(
                    "only %d of %d clients are served: %s (%s)"
                            .formatted(clients.size(), options.poolSize(), failed, options));
        } finally {
            clients.forEach(WireClient::close);
        }
    }
}
