package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.ExitCode;

/**
 * What came of a plan.
 *
 * @param stopped whether {@link RemedyRunner#stop} ended it early
 */
public record RunResult(List<RemedyOutcome> outcomes, boolean stopped) {
    public RunResult {
        outcomes = List.copyOf(outcomes);
    }

    public long count(RemedyState state) {
        return outcomes.stream().filter(outcome -> outcome.state() == state).count();
    }

    /** {@code FAILED} before {@code REFUSED} before {@code FINE}; a stop counts as a failure. */
    public ExitCode exitCode() {
        if (stopped || count(RemedyState.FAILED) + count(RemedyState.INTERRUPTED) > 0) {
            return ExitCode.FAILED;
        }
        return count(RemedyState.REFUSED) > 0 ? ExitCode.REFUSED : ExitCode.FINE;
    }
}
