package org.howdah.app;

import java.util.List;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.remedy.Severity;

/**
 * What came of looking at several clusters.
 *
 * @param failed those that could not be looked at
 */
record Examinations(List<Examination> made, List<Failed> failed) {
    /** A cluster of which nothing can be said, and why. */
    record Failed(String cluster, HowdahException failure) {
        String reason() {
            return String.valueOf(failure.getMessage());
        }

        /**
         * A cluster that the configuration file describes wrongly, or whose password is missing,
         * cannot be connected to; the command line itself was right.
         */
        ExitCode exitCode() {
            return failure.exitCode() == ExitCode.USAGE
                    ? ExitCode.CANNOT_CONNECT
                    : failure.exitCode();
        }
    }

    Examinations {
        made = List.copyOf(made);
        failed = List.copyOf(failed);
    }

    static Examinations of(List<Examination> made) {
        return new Examinations(made, List.of());
    }

    /** What could not be looked at weighs more than what was found. */
    ExitCode exitCode(Severity failOn) {
        boolean found = made.stream().anyMatch(one -> one.hasAtLeast(failOn));
        return failed.stream()
                .findFirst()
                .map(Failed::exitCode)
                .orElse(found ? ExitCode.FINDINGS : ExitCode.FINE);
    }
}
