package org.howdah.remedy;

import org.howdah.postgres.ExitCode;

/**
 * What came of an undo.
 *
 * @param undone the entry that was to be taken back
 * @param journalId the undo's own entry
 * @param reason why it ended as it did; empty where all went as planned
 */
public record UndoOutcome(long undone, long journalId, RemedyState state, String reason) {
    public ExitCode exitCode() {
        return switch (state) {
            case DONE -> ExitCode.FINE;
            case REFUSED -> ExitCode.REFUSED;
            case PLANNED, RUNNING, NOT_PROVEN, FAILED, INTERRUPTED, UNDONE -> ExitCode.FAILED;
        };
    }
}
