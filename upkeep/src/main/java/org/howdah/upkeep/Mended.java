package org.howdah.upkeep;

import java.util.List;
import java.util.stream.Stream;
import org.howdah.postgres.ExitCode;
import org.howdah.remedy.RemedyOutcome;
import org.howdah.remedy.RunResult;

/**
 * What came of mending a cluster.
 *
 * @param first the diagnosis before anything was changed
 * @param runs what was run, phase by phase
 */
public record Mended(Diagnosis first, List<RunResult> runs) {
    public Mended {
        runs = List.copyOf(runs);
    }

    public Stream<RemedyOutcome> outcomes() {
        return runs.stream().flatMap(run -> run.outcomes().stream());
    }

    public boolean stopped() {
        return runs.stream().anyMatch(RunResult::stopped);
    }

    /** The worst of the runs'. */
    public ExitCode exitCode() {
        return runs.stream().map(RunResult::exitCode).max(Enum::compareTo).orElse(ExitCode.FINE);
    }
}
