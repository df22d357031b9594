package org.howdah.remedy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the owner allows. The most particular rule decides; of rules that are particular in
 * different ways (one by its kind, one by its object), the most careful.
 *
 * @param otherwise where no rule covers a remedy
 * @param unknownBlocks whether a guard that cannot know keeps a remedy from running
 */
public record Policy(Permission otherwise, List<PolicyRule> rules, boolean unknownBlocks) {
    public Policy {
        rules = List.copyOf(rules);
    }

    /** Advise only; what a guard cannot know does not block what a person then asks for. */
    public static Policy advise() {
        return new Policy(Permission.ADVISE, List.of(), false);
    }

    /** Everything that the guards let through. */
    public static Policy applyAll() {
        return new Policy(Permission.APPLY, List.of(), false);
    }

    public Decision decide(Remedy remedy) {
        List<PolicyRule> covering = rules.stream().filter(rule -> rule.covers(remedy)).toList();
        Optional<PolicyRule> deciding =
                covering.stream()
                        .filter(rule -> covering.stream().noneMatch(other -> other.beats(rule)))
                        .min(Comparator.comparing(PolicyRule::permission));
        return new Decision(deciding.map(PolicyRule::permission).orElse(otherwise), deciding);
    }
}
