package org.howdah.check;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.ServerVersion;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** Versions that are known to do harm or that get no more corrections. */
final class ServerVersionCheck implements Check {
    private static final int DAYS_AHEAD = 180;

    /**
     * The day of the last release of each major.
     *
     * <p>https://www.postgresql.org/support/versioning/
     */
    private static final Map<Integer, LocalDate> LAST_RELEASE =
            Map.of(
                    14, LocalDate.of(2026, 11, 12),
                    15, LocalDate.of(2027, 11, 11),
                    16, LocalDate.of(2028, 11, 9),
                    17, LocalDate.of(2029, 11, 8),
                    18, LocalDate.of(2030, 11, 14));

    /**
     * A fault of released versions.
     *
     * @param from the first minor that has it
     * @param correctedIn the first minor that has it no more
     */
    private record Fault(int major, int from, int correctedIn, Severity severity, String what) {
        boolean affects(ServerVersion version) {
            return version.major() == major
                    && version.minor() >= from
                    && version.minor() < correctedIn;
        }
    }

    private static final String ARRAYS =
            "anybody who may run SQL can run code in the server (CVE-2023-5869)";

    private static final String PERL =
            "where PL/Perl is installed, anybody who may use it can run code in the server"
                    + " (CVE-2024-10979)";

    /**
     * Only faults that destroy data or let strangers in, from the release notes.
     *
     * <p>https://www.postgresql.org/docs/release/ and https://www.postgresql.org/support/security/
     */
    private static final List<Fault> FAULTS =
            List.of(
                    new Fault(
                            14,
                            0,
                            4,
                            Severity.CRITICAL,
                            "CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY can leave rows out of"
                                    + " an index without a word (corrected in 14.4)"),
                    new Fault(14, 0, 10, Severity.WARNING, ARRAYS),
                    new Fault(15, 0, 5, Severity.WARNING, ARRAYS),
                    new Fault(16, 0, 1, Severity.WARNING, ARRAYS),
                    new Fault(14, 0, 14, Severity.WARNING, PERL),
                    new Fault(15, 0, 9, Severity.WARNING, PERL),
                    new Fault(16, 0, 5, Severity.WARNING, PERL),
                    new Fault(17, 0, 1, Severity.WARNING, PERL));

    private final Clock clock;

    /**
     * @param clock tells today
     */
    ServerVersionCheck(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return "server-version";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return new Outcome.Checked(
                facts.nodes()
                        .flatMap(node -> Stream.concat(faults(node), age(node).stream()))
                        .toList());
    }

    private Stream<Finding> faults(Catalog node) {
        return FAULTS.stream()
                .filter(fault -> fault.affects(node.version()))
                .map(fault ->
                        finding(
                                node,
                                fault.severity(),
                                "%s runs PostgreSQL %s: %s"
                                        .formatted(node.node(), node.version(), fault.what()),
                                "A minor release changes no format and no behavior: it takes a"
                                        + " restart.",
                                "Install the latest %d.x and restart"
                                        .formatted(node.version().major())));
    }

    private Optional<Finding> age(Catalog node) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Optional.ofNullable(LAST_RELEASE.get(node.version().major()))
                .filter(last -> today.isAfter(last.minusDays(DAYS_AHEAD)))
                .map(last ->
                        finding(
                                node,
                                today.isAfter(last) ? Severity.WARNING : Severity.NOTICE,
                                "%s runs PostgreSQL %s, whose last release %s on %s"
                                        .formatted(
                                                node.node(),
                                                node.version(),
                                                today.isAfter(last) ? "was" : "will be",
                                                last),
                                "Faults and holes found later are not corrected in it.",
                                "Plan the upgrade to a later major"));
    }

    private Finding finding(
            Catalog node, Severity severity, String summary, String why, String advice) {
        Subject subject = new Subject(Subject.Kind.NODE, "", node.node());
        return Finding.of(id(), severity, subject, summary, why, List.of())
                .with(new ByHand(subject, advice, List.of()));
    }
}
