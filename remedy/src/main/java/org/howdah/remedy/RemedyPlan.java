package org.howdah.remedy;

import java.util.List;

/**
 * What to do about findings, in order: leftovers go first, then settings, table options, vacuum and
 * analyze, new indexes, indexes that are not needed, rebuilt indexes.
 *
 * @param remedies what the runner runs
 * @param byHand what only people may do
 * @param dropped what another remedy makes needless, with the reason
 */
public record RemedyPlan(
        List<PlannedRemedy> remedies, List<PlannedRemedy> byHand, List<Dropped> dropped) {
    /**
     * @param reason one sentence
     */
    public record Dropped(PlannedRemedy planned, String reason) {}

    public RemedyPlan {
        remedies = List.copyOf(remedies);
        byHand = List.copyOf(byHand);
        dropped = List.copyOf(dropped);
    }

    public static RemedyPlan of(List<Finding> findings) {
        PlanBuilder builder = new PlanBuilder();
        findings.forEach(builder::add);
        return builder.build();
    }
}
