package org.howdah.remedy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of a job, as it stands in the journal. */
record JobResult(
        long journalId,
        RemedyState state,
        String reason,
        Optional<JournalEntry.Reading> aim,
        List<GuardReading> guards,
        Duration took) {
    RemedyOutcome outcome(PlannedRemedy planned) {
        return new RemedyOutcome(
                planned, java.util.OptionalLong.of(journalId), state, reason, aim, guards, took);
    }
}
