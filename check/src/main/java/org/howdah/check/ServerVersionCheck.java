package org.howdah.check;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Platform;
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
                        .flatMap(node -> Stream.concat(faults(node).stream(), age(node).stream()))
                        .toList());
    }

    /** One finding for all of them: one update corrects all. */
    private Optional<Finding> faults(Catalog node) {
        List<KnownFault> faults = KnownFault.of(node.version());
        return faults.stream()
                .map(KnownFault::severity)
                .max(Comparator.naturalOrder())
                .map(severity ->
                        finding(
                                node,
                                severity,
                                "%s runs PostgreSQL %s: %s"
                                        .formatted(node.node(), node.version(), list(faults, node)),
                                "A minor release changes no format and no behavior: it takes a"
                                        + " restart.",
                                update(node)));
    }

    private static String list(List<KnownFault> faults, Catalog node) {
        return faults.stream()
                .map(fault -> fault.describe(node.version().major()))
                .collect(Collectors.joining("; "));
    }

    private static String update(Catalog node) {
        int major = node.version().major();
        Platform platform = node.server().platform();
        return platform.isManaged()
                ? "Ask %s for its latest %d.x; it may have corrected some of this in %s already"
                        .formatted(platform.label(), major, node.version())
                : "Install the latest %d.x, restart, and rebuild what its release notes and those between name"
                        .formatted(major);
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
