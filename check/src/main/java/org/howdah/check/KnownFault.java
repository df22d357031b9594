package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.postgres.ServerVersion;
import org.howdah.remedy.Severity;

/**
 * A fault of released versions that destroys data, gives wrong answers or lets strangers in; as the
 * release notes and the security page tell, up to the releases of 12 November 2026.
 *
 * <p>https://www.postgresql.org/docs/release/ and https://www.postgresql.org/support/security/
 *
 * @param correctedIn for each major that has it, the first minor that has it no more
 * @param from the first minor that has it; for majors that are not named, the first of all
 */
record KnownFault(
        Severity severity,
        String what,
        Map<Integer, Integer> correctedIn,
        Map<Integer, Integer> from) {

    private static final String BY_SQL = "whoever may run SQL can run code in the server ";

    private static final Map<Integer, Integer> FEBRUARY_2026 =
            Map.of(14, 21, 15, 16, 16, 12, 17, 8, 18, 2);

    private static final List<KnownFault> ALL =
            List.of(
                    grave(
                            "VACUUM and REINDEX CONCURRENTLY can leave corrupt indexes behind",
                            Map.of(14, 2)),
                    grave(
                            "CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY can leave rows out of"
                                    + " an index without a word",
                            Map.of(14, 4)),
                    fault(
                            BY_SQL + "through large arrays (CVE-2023-5869)",
                            Map.of(14, 10, 15, 5, 16, 1)),
                    fault(
                            "concurrent updates can corrupt GIN indexes",
                            Map.of(14, 11, 15, 6, 16, 2)),
                    fault(
                            "whoever may use PL/Perl, where it is installed, can run code in the"
                                    + " server (CVE-2024-10979)",
                            Map.of(14, 14, 15, 9, 16, 5, 17, 1)),
                    fault(
                            "foreign keys from a partitioned table to itself are not enforced in full,"
                                    + " and BRIN bloom indexes can be wrong",
                            Map.of(16, 9, 17, 5)),
                    fault(
                            BY_SQL + "through texts of invalid characters (CVE-2026-2006)",
                            FEBRUARY_2026),
                    new KnownFault(
                            Severity.WARNING,
                            "a reader can fail while it replays the log of a writer of an older minor"
                                    + " release",
                            Map.of(14, 22, 15, 17, 16, 13, 17, 9, 18, 3),
                            FEBRUARY_2026),
                    fault(
                            BY_SQL + "through very large values (CVE-2026-6473)",
                            Map.of(14, 23, 15, 18, 16, 14, 17, 10, 18, 4)),
                    fault(
                            BY_SQL + "through cursors (CVE-2026-16239)",
                            Map.of(14, 24, 15, 19, 16, 15, 17, 11, 18, 6)),
                    fault(
                            BY_SQL + "through functions that return rows (CVE-2026-120141)",
                            Map.of(14, 25, 15, 20, 16, 16, 17, 12, 18, 7)),
                    fault(
                            "some indexes and incremental backups can be corrupt: rebuild what the"
                                    + " notes of 18.7 name, and take a full backup",
                            Map.of(18, 7)));

    private static KnownFault grave(String what, Map<Integer, Integer> correctedIn) {
        return new KnownFault(Severity.CRITICAL, what, correctedIn, Map.of());
    }

    private static KnownFault fault(String what, Map<Integer, Integer> correctedIn) {
        return new KnownFault(Severity.WARNING, what, correctedIn, Map.of());
    }

    /** Those of a version, the oldest first. */
    static List<KnownFault> of(ServerVersion version) {
        return ALL.stream().filter(fault -> fault.affects(version)).toList();
    }

    private boolean affects(ServerVersion version) {
        return Optional.ofNullable(correctedIn.get(version.major()))
                .filter(first -> version.minor() < first)
                .filter(_ -> version.minor() >= from.getOrDefault(version.major(), 0))
                .isPresent();
    }

    /** With the release that corrects it. */
    String describe(int major) {
        return "%s (corrected in %d.%d)".formatted(what, major, correctedIn.getOrDefault(major, 0));
    }
}
