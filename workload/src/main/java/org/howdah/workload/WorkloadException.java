package org.howdah.workload;

import java.sql.SQLException;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.jspecify.annotations.Nullable;

/** Data could not be loaded, a workload file is wrong, or a load cannot run. */
public final class WorkloadException extends HowdahException {
    private WorkloadException(
            String code, String message, String hint, ExitCode exit, @Nullable Throwable cause) {
        super(code, message, hint, exit, cause);
    }

    static WorkloadException file(String file, String problem, String hint) {
        return new WorkloadException(
                "workload-file", "Workload " + file + ": " + problem, hint, ExitCode.USAGE, null);
    }

    static WorkloadException refused(String message, String hint) {
        return new WorkloadException("workload-refused", message, hint, ExitCode.REFUSED, null);
    }

    static WorkloadException statement(String what, SQLException cause) {
        String state = cause.getSQLState() == null ? "none" : cause.getSQLState();
        return new WorkloadException(
                "workload-statement",
                what + " failed: " + firstLine(cause),
                hint(state),
                ExitCode.FAILED,
                cause);
    }

    static WorkloadException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new WorkloadException(
                "workload-interrupted",
                what + " was interrupted.",
                "What was loaded so far can be removed with its schema.",
                ExitCode.FAILED,
                cause);
    }

    private static String hint(String state) {
        return switch (state) {
            case "42P06" ->
                    "Drop that schema first, or use a database of its own for the workload.";
            case "42501" -> "The role must be allowed to create a schema in this database.";
            case "53100" -> "The server's disk is full; load at a smaller scale.";
            default -> "SQLSTATE " + state + "; the server's log has more.";
        };
    }

    private static String firstLine(SQLException cause) {
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse("no message")
                .replaceFirst("^(ERROR|FATAL): ", "");
    }
}
