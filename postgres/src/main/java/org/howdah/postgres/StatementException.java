package org.howdah.postgres;

import java.sql.SQLException;
import java.util.Optional;

/** A statement of ours failed on a server. */
public final class StatementException extends HowdahException {
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static final String DISK_FULL = "53100";

    private final String sqlState;
    private final String serverMessage;

    StatementException(Dsn dsn, String sql, SQLException cause) {
        super(
                "statement-failed",
                firstLine(cause) + " (on " + dsn + ")",
                hint(sql, cause),
                ExitCode.FAILED,
                cause);
        this.sqlState = cause.getSQLState() == null ? "" : cause.getSQLState();
        this.serverMessage = firstLine(cause);
    }

    private static String hint(String sql, SQLException cause) {
        String place =
                "SQLSTATE "
                        + cause.getSQLState()
                        + " in: "
                        + sql.strip().lines().findFirst().orElse("");
        return DISK_FULL.equals(cause.getSQLState())
                ? "Make room on the disks of the server, where its data, its log and its temporary"
                        + " files are, before anything is tried again ("
                        + place
                        + ")"
                : place;
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
