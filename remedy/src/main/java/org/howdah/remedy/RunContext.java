package org.howdah.remedy;

import java.time.Clock;
import java.util.random.RandomGenerator;

/** What all jobs of one run share. */
record RunContext(
        Target target,
        Journal journal,
        RunnerProcess process,
        Guards guards,
        boolean unknownBlocks,
        RunnerOptions options,
        StopSignal stop,
        RunListener listener,
        RandomGenerator random) {
    Clock clock() {
        return journal.repository().clock();
    }
}
