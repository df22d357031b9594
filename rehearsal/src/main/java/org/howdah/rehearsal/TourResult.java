package org.howdah.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.howdah.remedy.Finding;
import org.howdah.remedy.JournalEntry;

/**
 * What a tour did and measured.
 *
 * @param rename the seed of the names, where they were changed
 * @param faults what was wrong with the cluster, one sentence each
 * @param findings what the checks and the advisor found before
 * @param journal what was done about it, in order
 * @param remaining what the checks found after
 */
public record TourResult(
        String version,
        Instant startedAt,
        Duration took,
        double scale,
        OptionalLong rename,
        List<String> faults,
        Measurement before,
        Measurement after,
        List<Figure> figures,
        List<Finding> findings,
        List<JournalEntry> journal,
        List<Finding> remaining) {
    public TourResult {
        faults = List.copyOf(faults);
        figures = List.copyOf(figures);
        findings = List.copyOf(findings);
        journal = List.copyOf(journal);
        remaining = List.copyOf(remaining);
    }

    /** Whether every goal is reached. */
    public boolean reached() {
        return figures.stream().allMatch(Figure::reached);
    }
}
