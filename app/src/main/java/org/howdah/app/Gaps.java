package org.howdah.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.check.CheckResult;
import org.howdah.check.Outcome;

/** What could not be checked, put together by its reason: one missing right keeps many from it. */
record Gaps(List<Gap> gaps) {
    /**
     * @param checks those that lack the same thing
     * @param grant the statement that would help
     */
    record Gap(String reason, Optional<String> grant, List<String> checks) {}

    static Gaps of(List<CheckResult> notChecked) {
        Map<Outcome.NotChecked, List<String>> byReason = new LinkedHashMap<>();
        for (CheckResult result : notChecked) {
            if (result.outcome() instanceof Outcome.NotChecked gap) {
                byReason.computeIfAbsent(gap, _ -> new ArrayList<>()).add(result.check());
            }
        }
        return new Gaps(
                byReason.entrySet().stream()
                        .map(entry ->
                                new Gap(
                                        entry.getKey().reason(),
                                        entry.getKey().grant(),
                                        entry.getValue()))
                        .toList());
    }

    /** The statements that would help, each once. */
    List<String> grants() {
        return gaps.stream().flatMap(gap -> gap.grant().stream()).distinct().toList();
    }
}
