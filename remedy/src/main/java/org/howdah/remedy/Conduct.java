package org.howdah.remedy;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How the statements of one remedy are run.
 *
 * @param broken the guards that do not hold at this moment
 */
record Conduct(
        RunnerOptions options,
        StopSignal stop,
        RandomGenerator random,
        RunListener listener,
        Supplier<List<GuardReading>> broken) {}
