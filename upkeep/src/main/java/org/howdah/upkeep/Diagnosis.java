package org.howdah.upkeep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.check.Checkup;
import org.howdah.remedy.Finding;
import org.howdah.remedy.RemedyPlan;

/**
 * What is wrong with a cluster: what the checks found and what the advisor advises.
 *
 * @param unadvised why there is no advice on indexes, one sentence; empty where there is
 */
public record Diagnosis(Checkup checkup, List<Finding> advice, Optional<String> unadvised) {
    public Diagnosis {
        advice = List.copyOf(advice);
    }

    /** All findings, the worst first. */
    public List<Finding> findings() {
        return Stream.concat(checkup.findings().stream(), advice.stream())
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    /** All that could be done about it, in order. */
    public RemedyPlan plan() {
        return RemedyPlan.of(findings());
    }
}
