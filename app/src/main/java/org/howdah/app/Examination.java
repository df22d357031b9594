package org.howdah.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.howdah.check.CheckResult;
import org.howdah.check.Checkup;
import org.howdah.check.Outcome;
import org.howdah.postgres.Catalog;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;

/** What the checks said of one cluster, and when. */
record Examination(Checkup checkup, Instant at, Duration took) {
    /** The findings of one check at one severity. */
    record Group(Severity severity, String check, List<Finding> findings) {}

    String cluster() {
        return checkup.facts().cluster();
    }

    List<Catalog> nodes() {
        return checkup.facts().nodes().toList();
    }

    /** The worst first, and within a severity in the order of the checks. */
    List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        Arrays.stream(Severity.values())
                .sorted(Comparator.reverseOrder())
                .forEach(severity ->
                        byCheck(severity)
                                .forEach((check, findings) ->
                                        groups.add(new Group(severity, check, findings))));
        return groups;
    }

    private Map<String, List<Finding>> byCheck(Severity severity) {
        List<String> order = checkup.results().stream().map(CheckResult::check).toList();
        Map<String, List<Finding>> groups =
                new TreeMap<>(
                        Comparator.<String>comparingInt(order::indexOf)
                                .thenComparing(Comparator.naturalOrder()));
        checkup.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .forEach(finding ->
                        groups.computeIfAbsent(finding.check(), _ -> new ArrayList<>())
                                .add(finding));
        return groups;
    }

    long count(Severity severity) {
        return checkup.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** The checks that were made in full and found nothing. */
    List<String> fine() {
        return checkup.results().stream()
                .filter(result ->
                        switch (result.outcome()) {
                            case Outcome.Checked checked ->
                                    checked.findings().isEmpty() && checked.gaps().isEmpty();
                            case Outcome.NotChecked _ -> false;
                        })
                .map(CheckResult::check)
                .toList();
    }

    boolean hasAtLeast(Severity severity) {
        return checkup.findings().stream()
                .anyMatch(finding -> finding.severity().compareTo(severity) >= 0);
    }
}
