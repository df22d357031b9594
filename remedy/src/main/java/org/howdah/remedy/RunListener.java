package org.howdah.remedy;

import java.util.OptionalDouble;

/** Hears what the runner does, in the runner's thread; returns at once. */
public interface RunListener {
    RunListener SILENT = new RunListener() {};

    /**
     * @param position from 1
     */
    default void started(PlannedRemedy planned, int position, int total) {}

    /** A guard or a lock keeps the current remedy waiting. */
    default void waiting(String why) {}

    default void statement(String sql) {}

    /**
     * @param phase as the server names it: {@code building index: scanning table}
     * @param share of the current statement, 0 to 1, where it is known
     */
    default void progress(String phase, OptionalDouble share) {}

    default void ended(RemedyOutcome outcome) {}
}
