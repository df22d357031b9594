package org.howdah.repository;

import java.sql.SQLException;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.StatementException;

/** Our own state could not be read or written; what was asked was not done at all. */
public final class RepositoryException extends HowdahException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private RepositoryException(
            String code, String message, String hint, boolean passing, Throwable cause) {
        super(code, message, hint, passing ? ExitCode.CANNOT_CONNECT : ExitCode.FAILED, cause);
        this.passing = passing;
    }

    RepositoryException(String code, String message, String hint) {
        super(code, message, hint, ExitCode.FAILED);
        this.passing = false;
    }

    /** Whether trying again later may help: the server is away, full or busy. */
    public boolean passing() {
        return passing;
    }

    static RepositoryException of(Dsn dsn, StatementException failure) {
        return explain(dsn, failure.sqlState(), failure.serverMessage(), failure);
    }

    static RepositoryException of(Dsn dsn, SQLException failure) {
        Throwable root = failure;
        // The pool wraps what went wrong in its own exception.
        while (root.getCause() instanceof SQLException inner) {
            root = inner;
        }
        String state = root instanceof SQLException inner ? inner.getSQLState() : "";
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return explain(dsn, state == null ? "" : state, message, failure);
    }

    private static RepositoryException explain(
            Dsn dsn, String state, String message, Throwable cause) {
        String sentence = "The repository %s cannot be used: %s".formatted(dsn, message);
        if (state.equals("53100")) {
            return new RepositoryException(
                    "repository-full",
                    "The disk of the repository " + dsn + " is full: " + message,
                    "Free space on its server; nothing was written, run the command again then",
                    true,
                    cause);
        }
        if (state.equals("42501")) {
            return new RepositoryException(
                    "repository-not-allowed",
                    sentence,
                    "Run in that database: GRANT CREATE ON DATABASE \"%s\" TO \"%s\", or make that role the owner of schema howdah"
                            .formatted(dsn.database(), dsn.user()),
                    false,
                    cause);
        }
        if (state.equals("25006")) {
            return new RepositoryException(
                    "repository-read-only",
                    "The repository " + dsn + " accepts no writes: " + message,
                    "Name the writer of that cluster as the repository, not a reader",
                    false,
                    cause);
        }
        if (state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")) {
            return new RepositoryException(
                    "repository-unreachable",
                    sentence,
                    "Check that its server runs and accepts connections",
                    true,
                    cause);
        }
        return new RepositoryException(
                "repository-failed",
                sentence + " (SQLSTATE " + state + ")",
                "The server's log says more",
                state.startsWith("40") || state.equals("55P03"),
                cause);
    }
}
