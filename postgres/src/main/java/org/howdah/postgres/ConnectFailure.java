package org.howdah.postgres;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why a connection could not be made, and what to do about it. */
final class ConnectFailure {
    /** Whether the next of several hosts may still answer. */
    static final String UNREACHABLE = "connect-unreachable";

    static final String STARTING = "connect-starting";

    private ConnectFailure() {}

    static HowdahException explain(Dsn dsn, SQLException failure) {
        String said = StatementException.firstLine(failure);
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        Reason reason =
                switch (state) {
                    case "28P01" -> new Reason("connect-password", said, passwordHint(dsn));
                    case "28000" -> new Reason("connect-refused-login", said, loginHint(dsn, said));
                    case "3D000" ->
                            new Reason(
                                    "connect-no-database",
                                    said,
                                    "Give an existing database, for example dbname=postgres");
                    case "42501" ->
                            new Reason(
                                    "connect-no-privilege",
                                    said,
                                    "GRANT CONNECT ON DATABASE %s TO %s"
                                            .formatted(
                                                    QualifiedName.quote(dsn.database()),
                                                    QualifiedName.quote(dsn.user())));
                    case "53300" ->
                            new Reason(
                                    "connect-too-many",
                                    said,
                                    "Close idle connections, use a role with pg_use_reserved_connections"
                                            + " (16 and later) or raise max_connections");
                    case "57P03" ->
                            new Reason(STARTING, said, "Wait until the server accepts connections");
                    case "42704", "22023" ->
                            new Reason(
                                    "connect-setting",
                                    said,
                                    "Correct options= or PGOPTIONS; a server older than 9.6 does"
                                            + " not know Howdah's own timeouts either");
                    default -> withoutServer(dsn, failure, said);
                };
        return exception(dsn, reason, failure);
    }

    private record Reason(String code, String said, String hint) {}

    private static Reason withoutServer(Dsn dsn, SQLException failure, String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        Throwable root = root(failure);
        Dsn.Host host = dsn.hosts().getFirst();
        if (lower.contains("password is an empty string")
                || lower.contains("no password was provided")) {
            return new Reason(
                    "connect-password", "the server asks for a password", passwordHint(dsn));
        } else if (lower.contains("unsupported startup parameter")) {
            return new Reason(
                    "connect-pooler",
                    said,
                    "This is a connection pooler; connect to PostgreSQL itself, or let it pass"
                            + " \"options\" (PgBouncer: ignore_startup_parameters)");
        } else if (root instanceof SSLException
                || lower.contains("ssl")
                || lower.contains("certificate")
                || lower.contains("could not be verified")) {
            return tls(root, said, lower);
        }
        return switch (root) {
            case UnknownHostException _ ->
                    new Reason(
                            UNREACHABLE,
                            "the host name is not known",
                            "Check the spelling of " + host.name());
            case SocketTimeoutException _ -> timedOut(host);
            case NoRouteToHostException _ ->
                    new Reason(UNREACHABLE, "no route to the host", "Check the network and VPN");
            case ConnectException _ -> refused(host);
            case NoSuchFileException _ -> refused(host);
            case EOFException _ -> notPostgres("the other side closed the connection");
            default -> {
                if (lower.contains("timed out")) {
                    yield timedOut(host);
                } else if ("08P01".equals(failure.getSQLState())) {
                    yield notPostgres("the other side does not speak PostgreSQL's protocol");
                }
                yield new Reason(
                        UNREACHABLE,
                        root.equals(failure) ? said : said + " " + describe(root),
                        "Check host, port and that the server runs");
            }
        };
    }

    private static Reason refused(Dsn.Host host) {
        return host.isSocket()
                ? new Reason(
                        UNREACHABLE,
                        "no server listens on this socket",
                        "Check that a server runs and that .s.PGSQL.%d is in %s"
                                .formatted(host.port(), host.name()))
                : new Reason(
                        UNREACHABLE,
                        "connection refused",
                        "Check that a server runs there, its port and listen_addresses");
    }

    private static Reason timedOut(Dsn.Host host) {
        return new Reason(
                UNREACHABLE,
                "no answer in time",
                "Check the host and firewalls (port %d), or allow more with connect_timeout="
                                .formatted(host.port())
                        + "SECONDS");
    }

    private static Reason notPostgres(String said) {
        return new Reason(
                "connect-not-postgresql",
                said,
                "Check the port; another service may listen there, or the server just crashed");
    }

    private static Reason tls(Throwable root, String said, String lower) {
        if (lower.contains("does not support ssl")) {
            return new Reason(
                    "connect-tls",
                    "the server does not offer TLS",
                    "Turn ssl on in the server, or use sslmode=prefer on a trusted network");
        } else if (lower.contains("error occurred while setting up the ssl connection")
                || root instanceof EOFException
                || describe(root).contains("unrecognized SSL message")) {
            return notPostgres("the other side does not speak PostgreSQL's protocol");
        }
        String detail = root.getMessage() == null ? said : said + " " + describe(root);
        return new Reason(
                "connect-tls",
                detail,
                "Check sslmode, sslrootcert (the authority's certificate) and that the host name is"
                        + " the certificate's");
    }

    private static String describe(Throwable root) {
        return "("
                + Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName())
                + ")";
    }

    private static String passwordHint(Dsn dsn) {
        Dsn.Host host = dsn.hosts().getFirst();
        return "Set PGPASSWORD, or add %s:%d:%s:%s:PASSWORD to ~/.pgpass (mode 0600)"
                .formatted(
                        host.isSocket() ? "localhost" : host.name(),
                        host.port(),
                        dsn.database(),
                        dsn.user());
    }

    private static String loginHint(Dsn dsn, String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("pg_hba.conf")) {
            return "Add a line for this host, user and database to pg_hba.conf and reload (lines of"
                    + " type hostssl need sslmode=require)";
        } else if (lower.contains("peer") || lower.contains("ident")) {
            return "Run as the operating system's user "
                    + dsn.user()
                    + ", or connect by host name with a password";
        }
        return "Check the role: \\du " + dsn.user() + " in psql; it needs LOGIN";
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    static HowdahException unsupported(Dsn dsn, ServerVersion version) {
        return new HowdahException(
                "version-unsupported",
                "%s runs PostgreSQL %s, which is too %s for Howdah"
                        .formatted(
                                dsn,
                                version,
                                version.major() < ServerVersion.OLDEST_MAJOR ? "old" : "new"),
                "Supported are the majors %d to %d"
                        .formatted(ServerVersion.OLDEST_MAJOR, ServerVersion.NEWEST_MAJOR),
                ExitCode.CANNOT_CONNECT);
    }

    /** A node answers but is not what {@code target_session_attrs} asks for. */
    static HowdahException wrongRole(Dsn dsn, String wanted, boolean inRecovery) {
        return exception(
                dsn,
                new Reason(
                        "connect-wrong-role",
                        "it is a %s, and target_session_attrs asks for %s"
                                .formatted(inRecovery ? "standby" : "primary", wanted),
                        "Name all nodes of the cluster, or change target_session_attrs"),
                null);
    }

    private static HowdahException exception(Dsn dsn, Reason reason, @Nullable SQLException cause) {
        return new HowdahException(
                reason.code(),
                "Cannot connect to %s: %s".formatted(dsn, reason.said()),
                reason.hint(),
                ExitCode.CANNOT_CONNECT,
                cause);
    }
}
