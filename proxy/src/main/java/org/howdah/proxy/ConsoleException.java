package org.howdah.proxy;

import java.util.Optional;
import org.howdah.wire.Diagnostic;

/** A command of the console that cannot be done; the client is told and stays. */
final class ConsoleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final Optional<String> hint;

    private ConsoleException(String sqlState, String sentence, Optional<String> hint) {
        super(sentence);
        this.sqlState = sqlState;
        this.hint = hint;
    }

    /** What is asked for is wrong. */
    static ConsoleException of(String sentence, String hint) {
        return new ConsoleException("42601", sentence, Optional.of(hint));
    }

    /** What is asked for is not there. */
    static ConsoleException unknown(String sentence, String hint) {
        return new ConsoleException("42704", sentence, Optional.of(hint));
    }

    /** It cannot be done now. */
    static ConsoleException state(String sentence, String hint) {
        return new ConsoleException("55000", sentence, Optional.of(hint));
    }

    /** The user may only look. */
    static ConsoleException denied() {
        return new ConsoleException(
                "42501",
                "only administrators may do this",
                Optional.of("Log in as one of admin_users"));
    }

    Diagnostic diagnostic() {
        Diagnostic error = Diagnostic.error(sqlState, String.valueOf(getMessage()));
        return hint.map(error::withHint).orElse(error);
    }
}
