package org.howdah.postgres;

import java.sql.SQLException;
import java.util.Optional;

/** A statement of ours failed on a server. */
public final class StatementException extends HowdahException {
    private final String sqlState;
    private final String serverMessage;

    StatementException(Dsn dsn, String sql, SQLException cause) {
        super(
                "statement-failed",
                firstLine(cause) + " (on " + dsn + ")",
                "SQLSTATE "
                        + cause.getSQLState()
                        + " in: "
                        + sql.strip().lines().findFirst().orElse(""),
                ExitCode.FAILED,
                cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
        this.serverMessage = firstLine(cause);
    }

    /** Five characters, empty where the failure did not come from the server. */
    public String sqlState() {
        return sqlState;
    }

    /** What the server said, without "ERROR:". */
    public String serverMessage() {
        return serverMessage;
    }

    /**
     * Why facts are unknown, where this failure means just that; none where the failure must not be
     * hidden.
     */
    Optional<String> unknownReason() {
        return switch (sqlState) {
            case "42501" -> Optional.of("not allowed: " + serverMessage);
            case "55P03" -> Optional.of("locked: " + serverMessage);
            case "57014" -> Optional.of("took too long: " + serverMessage);
            case "42P01", "42883", "42703", "55000", "0A000", "58P01" -> Optional.of(serverMessage);
            default -> Optional.empty();
        };
    }

    /** The first line of what the server said, without its severity. */
    static String firstLine(SQLException cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return message.lines()
                .findFirst()
                .orElse(message)
                .replaceFirst("^(ERROR|FATAL|PANIC): ", "");
    }
}
