package org.howdah.remedy;

import java.util.Optional;

/** Whoever may allow what the policy does not allow by itself. */
@FunctionalInterface
public interface Approval {
    /** Nobody: only what the policy applies is run. */
    Approval NOBODY = (planned, decision) -> Optional.empty();

    /**
     * Asked before a remedy for which the policy says {@link Permission#ADVISE} or {@link
     * Permission#ASK}.
     *
     * @return who allowed it, for the journal; empty where it must not run
     */
    Optional<String> allow(PlannedRemedy planned, Decision decision);
}
