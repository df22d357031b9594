package org.howdah.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.QualifiedName;
import org.howdah.remedy.Finding;

/** The results of all checks on one reading of a cluster. */
public record Checkup(ClusterFacts facts, List<CheckResult> results) {
    public Checkup {
        results = List.copyOf(results);
    }

    public static Checkup of(ClusterFacts facts, List<Check> checks) {
        return new Checkup(
                facts,
                checks.stream()
                        .map(check -> new CheckResult(check.id(), check.run(facts)))
                        .toList());
    }

    /** The findings, the worst first; within a severity in the order of the checks. */
    public List<Finding> findings() {
        return results.stream()
                .flatMap(result ->
                        switch (result.outcome()) {
                            case Outcome.Checked checked -> checked.findings().stream();
                            case Outcome.NotChecked _ -> List.<Finding>of().stream();
                        })
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    /** The checks that could not be made, in whole or in part, with the reason. */
    public List<CheckResult> notChecked() {
        return results.stream()
                .flatMap(result ->
                        gaps(result.outcome())
                                .map(gap -> new CheckResult(result.check(), forThisRole(gap))))
                .toList();
    }

    private static Stream<Outcome.NotChecked> gaps(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Checked checked -> checked.gaps().stream();
            case Outcome.NotChecked gap -> Stream.of(gap);
        };
    }

    private Outcome.NotChecked forThisRole(Outcome.NotChecked gap) {
        String role = QualifiedName.quote(facts.main().server().rights().role());
        return new Outcome.NotChecked(
                gap.reason(), gap.grant().map(grant -> grant.replace("{role}", role)));
    }
}
