package org.howdah.advisor;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What new indexes would cost the statements that write. */
final class WriteLoad {
    /**
     * What one more entry in one more index costs a write, in seconds: finding its leaf, changing
     * it, and the WAL for it take some microseconds when the pages are cached. Only its order of
     * magnitude matters: it rules out indexes that are written far more often than read.
     */
    private static final double ENTRY_SECONDS = 10e-6;

    private final List<Study> studies;
    private final Map<Long, Set<String>> assigned;

    WriteLoad(List<Study> studies, Map<Long, Set<String>> assigned) {
        this.studies = studies;
        this.assigned = assigned;
    }

    /** Entries that the measured statements would have written into the index. */
    double entries(IndexSpec spec) {
        double entries = 0;
        for (Study study : studies) {
            long rows = study.statement().rows();
            boolean inserts =
                    study.resolved()
                            .inserted()
                            .filter(table -> table.oid() == spec.table().oid())
                            .isPresent();
            if (inserts) {
                entries += Math.max(rows, study.statement().calls());
            }
            Set<String> changed =
                    new HashSet<>(
                            study.resolved().assigned().getOrDefault(spec.table().oid(), Set.of()));
            changed.retainAll(spec.columns());
            if (!changed.isEmpty()) {
                entries += rows;
            }
        }
        return entries;
    }

    double seconds(IndexSpec spec) {
        return entries(spec) * ENTRY_SECONDS;
    }

    /** Whether statements change its columns, so that their updates are heap-only no more. */
    boolean endsHeapOnlyUpdates(IndexSpec spec) {
        return assigned.getOrDefault(spec.table().oid(), Set.of()).stream()
                .anyMatch(spec.columns()::contains);
    }
}
