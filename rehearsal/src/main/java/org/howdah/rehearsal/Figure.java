package org.howdah.rehearsal;

/**
 * One line of the tour's table: a measure before and after, and the goal.
 *
 * @param change how many times better, or empty where the goal is a bound only
 * @param reached whether the goal is reached; always computed from what was measured
 */
public record Figure(
        String measure, String before, String after, String change, String goal, boolean reached) {}
