package org.howdah.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the host that a session is to be opened on. The driver could try several hosts itself, but
 * takes a session that is read-only by our own guard for a standby.
 *
 * <p>https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS
 */
final class Connector {
    /** Makes the session once the server is known. */
    interface Opened {
        Session session(Connection connection, Dsn dsn, ServerVersion version, int backendPid);
    }

    private final Dsn dsn;
    private final SessionOptions options;
    private final Opened opened;

    private Connector(Dsn dsn, SessionOptions options, Opened opened) {
        this.dsn = dsn;
        this.options = options;
        this.opened = opened;
    }

    static Session open(Dsn dsn, SessionOptions options, Opened opened) {
        Connector connector = new Connector(dsn, options, opened);
        String wanted = dsn.parameter(DsnKeyword.TARGET_SESSION_ATTRS).orElse("any");
        if (!wanted.equals("prefer-standby")) {
            return connector.first(wanted);
        }
        try {
            return connector.first("standby");
        } catch (HowdahException noStandby) {
            try {
                return connector.first("any");
            } catch (HowdahException nothing) {
                nothing.addSuppressed(noStandby);
                throw nothing;
            }
        }
    }

    private Session first(String wanted) {
        List<HowdahException> failures = new ArrayList<>();
        for (Dsn.Host host : dsn.hosts()) {
            try {
                return at(host, wanted);
            } catch (HowdahException failure) {
                failures.add(failure);
                if (!mayGoOn(failure)) {
                    break;
                }
            }
        }
        HowdahException last = failures.getLast();
        if (failures.size() == 1) {
            throw last;
        }
        String sentence =
                failures.stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
        HowdahException all =
                new HowdahException(
                        last.code(), sentence, last.hint(), ExitCode.CANNOT_CONNECT, last);
        failures.subList(0, failures.size() - 1).forEach(all::addSuppressed);
        throw all;
    }

    /** A refusal is an answer: it is not tried on the next host, as with libpq. */
    private static boolean mayGoOn(HowdahException failure) {
        return switch (failure.code()) {
            case ConnectFailure.UNREACHABLE, ConnectFailure.STARTING, "connect-wrong-role" -> true;
            default -> false;
        };
    }

    private Session at(Dsn.Host host, String wanted) {
        Dsn one = dsn.withHost(host);
        try {
            Connection connection =
                    DriverManager.getConnection(
                            DriverProperties.url(host, dsn.database()),
                            DriverProperties.of(dsn, host, options));
            try {
                limit(connection);
                return identify(connection, one, wanted);
            } catch (SQLException | RuntimeException failure) {
                connection.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw ConnectFailure.explain(one, failure);
        }
    }

    /**
     * The time limits by SET, not with the connection: as options of the connection they would hide
     * the server's own values, which are facts to be read.
     */
    private void limit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET statement_timeout = %d; SET lock_timeout = %d; SET idle_in_transaction_session_timeout = %d"
                            .formatted(
                                    milliseconds(options.statementTimeout()),
                                    milliseconds(options.lockTimeout()),
                                    milliseconds(options.idleInTransactionTimeout())));
        }
    }

    private static long milliseconds(Duration duration) {
        return duration.isZero() ? 0 : Math.max(1, duration.toMillis());
    }

    private Session identify(Connection connection, Dsn one, String wanted) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT pg_catalog.current_setting('server_version_num')::int,
                                       pg_catalog.pg_backend_pid(),
                                       pg_catalog.pg_is_in_recovery()
                                """)) {
            row.next();
            ServerVersion version = new ServerVersion(row.getInt(1));
            if (!version.supported()) {
                throw ConnectFailure.unsupported(one, version);
            }
            boolean inRecovery = row.getBoolean(3);
            boolean fits =
                    switch (wanted) {
                        case "primary", "read-write" -> !inRecovery;
                        case "standby", "read-only" -> inRecovery;
                        default -> true;
                    };
            if (!fits) {
                throw ConnectFailure.wrongRole(one, wanted, inRecovery);
            }
            return opened.session(connection, one, version, row.getInt(2));
        }
    }
}
