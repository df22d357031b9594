package org.howdah.remedy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.howdah.report.Quantity;

/**
 * The durable record of one remedy.
 *
 * @param runner the process that ran it
 * @param finding the identifier of the check that proposed it; empty for an undo
 * @param allowedBy the policy's rule, or who said yes
 * @param reason why it ended as it did; empty where all went as planned
 * @param aim what had to improve
 * @param guards what the guards said before it began
 * @param undo the statements that take it back, in order; empty where nothing can be taken back
 * @param undoOf the entry that this one takes back
 * @param undoneBy the entry that took this one back
 * @param connections how the cluster's nodes were reached: connection strings without secrets
 */
public record JournalEntry(
        long id,
        UUID runner,
        String cluster,
        String kind,
        Subject subject,
        String finding,
        String findingSummary,
        String allowedBy,
        LockMode lockMode,
        RemedyState state,
        String reason,
        Instant plannedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Reading> aim,
        List<String> guards,
        List<String> undo,
        OptionalLong undoOf,
        OptionalLong undoneBy,
        List<String> connections,
        List<JournalStatement> statements) {
    /** The aim's measure, as read before and after. */
    public record Reading(
            String measure, Quantity unit, OptionalDouble before, OptionalDouble after) {
        /** That nothing was gained, in one sentence, where there was something to gain. */
        Optional<String> missed(Aim.Better better) {
            if (before.isEmpty() || after.isEmpty() || before.getAsDouble() == 0) {
                return Optional.empty();
            }
            double change = after.getAsDouble() - before.getAsDouble();
            boolean gained = better == Aim.Better.LOWER ? change < 0 : change > 0;
            return gained
                    ? Optional.empty()
                    : Optional.of(
                            String.format(
                                    Locale.ROOT,
                                    "%s did not improve: %,.0f before, %,.0f after",
                                    measure,
                                    before.getAsDouble(),
                                    after.getAsDouble()));
        }
    }

    public JournalEntry {
        guards = List.copyOf(guards);
        undo = List.copyOf(undo);
        connections = List.copyOf(connections);
        statements = List.copyOf(statements);
    }

    /** Whether {@link RemedyRunner#undo} can take it back. */
    public boolean canBeUndone() {
        return state == RemedyState.DONE && !undo.isEmpty() && undoneBy.isEmpty();
    }
}
