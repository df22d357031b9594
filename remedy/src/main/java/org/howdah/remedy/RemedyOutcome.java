package org.howdah.remedy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What came of one remedy.
 *
 * @param journalId its entry; none where it was not begun: dry run, not allowed, stopped before
 * @param state {@link RemedyState#PLANNED} where it was not begun
 * @param reason why it ended as it did; empty where all went as planned
 * @param aim the measure before and after, where there is one
 * @param guards what the guards said before it began
 */
public record RemedyOutcome(
        PlannedRemedy planned,
        OptionalLong journalId,
        RemedyState state,
        String reason,
        Optional<JournalEntry.Reading> aim,
        List<GuardReading> guards,
        Duration took) {
    public RemedyOutcome {
        guards = List.copyOf(guards);
    }

    static RemedyOutcome notBegun(PlannedRemedy planned, String reason) {
        return new RemedyOutcome(
                planned,
                OptionalLong.empty(),
                RemedyState.PLANNED,
                reason,
                Optional.empty(),
                List.of(),
                Duration.ZERO);
    }

    /** What the aim became; empty where it could not be read. */
    public OptionalDouble after() {
        return aim.map(JournalEntry.Reading::after).orElse(OptionalDouble.empty());
    }
}
