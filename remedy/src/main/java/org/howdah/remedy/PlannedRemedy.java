package org.howdah.remedy;

import java.util.List;

/** A remedy in its place, with the findings that asked for it, the most severe first. */
public record PlannedRemedy(Remedy remedy, List<Finding> findings) {
    public PlannedRemedy {
        findings = List.copyOf(findings);
    }

    /** The most severe finding's severity. */
    public Severity severity() {
        return findings.stream()
                .map(Finding::severity)
                .max(Severity::compareTo)
                .orElse(Severity.NOTICE);
    }
}
