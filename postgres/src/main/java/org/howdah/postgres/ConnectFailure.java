package org.howdah.postgres;

import java.sql.SQLException;

/** Says why a connection could not be made, and what to do about it. */
final class ConnectFailure {
    private ConnectFailure() {}

    static HowdahException explain(Dsn dsn, SQLException failure) {
        String message = StatementException.firstLine(failure);
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "28P01", "28000" ->
                    refused(
                            "connect-refused-login",
                            dsn,
                            message,
                            "Check user, password and pg_hba.conf",
                            failure);
            case "3D000" ->
                    refused(
                            "connect-no-database",
                            dsn,
                            message,
                            "List the databases with: psql -l",
                            failure);
            case "53300" ->
                    refused(
                            "connect-too-many",
                            dsn,
                            message,
                            "Free a connection or raise max_connections",
                            failure);
            case "57P03" ->
                    refused(
                            "connect-starting",
                            dsn,
                            message,
                            "Wait until the server has started",
                            failure);
            default ->
                    refused(
                            "connect-unreachable",
                            dsn,
                            message,
                            "Check host, port and that the server runs",
                            failure);
        };
    }

    static HowdahException unsupported(Dsn dsn, ServerVersion version) {
        return new HowdahException(
                "version-unsupported",
                "%s runs PostgreSQL %s, which Howdah does not know".formatted(dsn, version),
                "Supported are the majors %d to %d"
                        .formatted(ServerVersion.OLDEST_MAJOR, ServerVersion.NEWEST_MAJOR),
                ExitCode.CANNOT_CONNECT);
    }

    private static HowdahException refused(
            String code, Dsn dsn, String message, String hint, SQLException cause) {
        return new HowdahException(
                code,
                "Cannot connect to %s: %s".formatted(dsn, message),
                hint,
                ExitCode.CANNOT_CONNECT,
                cause);
    }
}
