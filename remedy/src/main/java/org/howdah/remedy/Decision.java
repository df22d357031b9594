package org.howdah.remedy;

import java.util.Optional;

/**
 * What the policy says about one remedy.
 *
 * @param rule the rule that decided; none where it is the policy's default
 */
public record Decision(Permission permission, Optional<PolicyRule> rule) {
    /** For the journal: {@code policy APPLY vacuum on public.*}. */
    @Override
    public String toString() {
        return "policy " + rule.map(PolicyRule::toString).orElse(permission + " (default)");
    }
}
