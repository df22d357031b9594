package org.howdah.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.howdah.remedy.Decision;
import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.Policy;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.RemedyPlan;
import org.howdah.upkeep.Diagnosis;

/**
 * What {@code fix} would do.
 *
 * @param unadvised why there is no advice on indexes; empty where there is
 */
record FixPlan(
        List<Step> steps,
        List<PlannedRemedy> byHand,
        List<RemedyPlan.Dropped> dropped,
        Optional<String> unadvised) {
    /** A remedy and what the policy says of it. */
    record Step(PlannedRemedy planned, Decision decision) {}

    static FixPlan of(Diagnosis diagnosis, Predicate<Remedy> wanted, Policy policy) {
        RemedyPlan plan = diagnosis.plan();
        return new FixPlan(
                plan.remedies().stream()
                        .filter(planned -> wanted.test(planned.remedy()))
                        .map(planned -> new Step(planned, policy.decide(planned.remedy())))
                        .toList(),
                plan.byHand().stream().filter(planned -> wanted.test(planned.remedy())).toList(),
                plan.dropped().stream()
                        .filter(dropped -> wanted.test(dropped.planned().remedy()))
                        .toList(),
                diagnosis.unadvised());
    }
}
