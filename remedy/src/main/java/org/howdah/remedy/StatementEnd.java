package org.howdah.remedy;

import java.time.Duration;

/** How one statement ended. */
record StatementEnd(
        JournalStatement.Outcome outcome,
        String sqlState,
        String message,
        Duration waited,
        Duration held) {
    static StatementEnd done(Duration waited, Duration held) {
        return new StatementEnd(JournalStatement.Outcome.DONE, "", "", waited, held);
    }

    static StatementEnd failed(String sqlState, String message, Duration waited) {
        return new StatementEnd(
                JournalStatement.Outcome.FAILED, sqlState, message, waited, Duration.ZERO);
    }

    static StatementEnd cancelled(String sqlState, String message, Duration waited) {
        return new StatementEnd(
                JournalStatement.Outcome.CANCELLED, sqlState, message, waited, Duration.ZERO);
    }
}
