package org.howdah.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** B-trees whose columns are the first columns of a wider one. */
final class RedundantIndexCheck implements Check {
    /**
     * A wider index that is much larger costs more pages for each range scan, so that a narrow one
     * which is in use may be worth its space.
     */
    static final double MUCH_LARGER = 4;

    @Override
    public String id() {
        return "redundant-index";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        String database = facts.main().database().name();
        return Outcome.of(
                facts.main().database().indexes(),
                indexes -> {
                    IndexUsage usage = IndexUsage.of(facts);
                    Map<Long, List<IndexFact>> byTable =
                            indexes.stream()
                                    .filter(index -> index.accessMethod().equals("btree"))
                                    .filter(index -> index.valid() && !index.locked())
                                    .filter(index -> index.parent().isEmpty())
                                    .collect(Collectors.groupingBy(IndexFact::table));
                    List<Finding> findings = new ArrayList<>();
                    byTable.values()
                            .forEach(group -> findings.addAll(findings(database, group, usage)));
                    return findings;
                });
    }

    private List<Finding> findings(String database, List<IndexFact> group, IndexUsage usage) {
        List<Finding> findings = new ArrayList<>();
        for (IndexFact narrow : group) {
            if (narrow.enforces() || narrow.replicaIdentity() || narrow.clustered()) {
                continue;
            }
            group.stream()
                    .filter(wide -> covers(wide, narrow))
                    .min(Comparator.comparingLong(usage::bytesOf))
                    .ifPresent(wide -> findings.add(finding(database, narrow, wide, usage)));
        }
        return findings;
    }

    /** Whether every scan of the narrow one could be one of the wide one. */
    static boolean covers(IndexFact wide, IndexFact narrow) {
        int length = narrow.keys().size();
        if (wide.keys().size() <= length
                || !wide.predicate().equals(narrow.predicate())
                || !starts(wide.keys(), narrow.keys())
                || !starts(wide.operatorClasses(), narrow.operatorClasses())
                || !starts(wide.collations(), narrow.collations())
                || !starts(wide.keyOptions(), narrow.keyOptions())) {
            return false;
        }
        Set<String> held = new HashSet<>(wide.keys());
        held.addAll(wide.included());
        return held.containsAll(narrow.included());
    }

    private static <T> boolean starts(List<T> wide, List<T> narrow) {
        return wide.subList(0, narrow.size()).equals(narrow);
    }

    private Finding finding(String database, IndexFact narrow, IndexFact wide, IndexUsage usage) {
        boolean muchLarger =
                usage.bytesOf(wide) > MUCH_LARGER * usage.bytesOf(narrow)
                        && usage.scansOf(narrow) > 0;
        Finding finding =
                Finding.of(
                        id(),
                        muchLarger ? Severity.NOTICE : Severity.WARNING,
                        Subject.index(database, narrow.qualifiedName()),
                        "Index %s on %s (%s) is the beginning of %s (%s)."
                                .formatted(
                                        narrow.qualifiedName(),
                                        String.join(", ", narrow.keys()),
                                        Units.bytes(usage.bytesOf(narrow)),
                                        wide.name(),
                                        String.join(", ", wide.keys())),
                        muchLarger
                                ? "The wider one can serve its scans, but is much larger: compare the plans of what uses it before dropping it."
                                : "Whatever uses it can use the wider one, and both are written with every row.",
                        List.of(
                                Measure.of("index size", usage.bytesOf(narrow), Quantity.BYTES),
                                Measure.of(
                                        "size of the wider", usage.bytesOf(wide), Quantity.BYTES),
                                Measure.of("scans of it", usage.scansOf(narrow), Quantity.COUNT),
                                Measure.of(
                                        "scans of the wider",
                                        usage.scansOf(wide),
                                        Quantity.COUNT)));
        Optional<Remedy> drop = IndexDrop.of(database, narrow, DropIndex.Reason.REDUNDANT);
        return muchLarger ? finding : drop.map(finding::with).orElse(finding);
    }
}
