package org.howdah.remedy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One statement that a remedy ran, one attempt of it.
 *
 * @param lockMode the table lock that it took, {@link LockMode#NONE} where none is worth a word
 * @param sqlState empty where it went well
 * @param message what the server said, empty where it went well
 * @param waited how long it waited for locks
 * @param held how long it held {@code lockMode}
 */
public record JournalStatement(
        int position,
        String statement,
        int attempt,
        LockMode lockMode,
        Instant startedAt,
        Optional<Instant> endedAt,
        Outcome outcome,
        String sqlState,
        String message,
        Duration waited,
        Duration held) {
    public enum Outcome {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }
}
