package org.howdah.check;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
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
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.indexes(),
                indexes -> {
                    IndexUsage usage = IndexUsage.of(facts);
                    return pairs(indexes, usage)
                            .map(pair -> finding(database, pair.index(), pair.by(), usage))
                            .toList();
                });
    }

    /** The indexes that a wider one stands in for. */
    static Stream<StandIn> pairs(List<IndexFact> indexes, IndexUsage usage) {
        Map<Long, List<IndexFact>> byTable =
                indexes.stream()
                        .filter(index -> index.accessMethod().equals("btree"))
                        .filter(index -> index.valid() && !index.locked())
                        .filter(index -> index.parent().isEmpty())
                        .collect(Collectors.groupingBy(IndexFact::table));
        return byTable.values().stream().flatMap(group -> standIns(group, usage));
    }

    private static Stream<StandIn> standIns(List<IndexFact> group, IndexUsage usage) {
        return group.stream()
                .filter(narrow ->
                        !narrow.enforces() && !narrow.replicaIdentity() && !narrow.clustered())
                .flatMap(narrow ->
                        group.stream()
                                .filter(wide -> covers(wide, narrow))
                                .filter(wide -> mayStandIn(wide, narrow, usage))
                                .min(Comparator.comparingLong(usage::bytesOf))
                                .map(wide -> new StandIn(narrow, wide))
                                .stream());
    }

    /**
     * Where queries use the narrow one and none uses the wide one, the wide one is the one to
     * judge: it may be dropped as unused, and then nothing would be left.
     */
    private static boolean mayStandIn(IndexFact wide, IndexFact narrow, IndexUsage usage) {
        return usage.scansOf(wide) > 0 || usage.scansOf(narrow) == 0;
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

    private Finding finding(
            DatabaseFacts database, IndexFact narrow, IndexFact wide, IndexUsage usage) {
        boolean muchLarger =
                usage.bytesOf(wide) > MUCH_LARGER * usage.bytesOf(narrow)
                        && usage.scansOf(narrow) > 0;
        Finding finding =
                Finding.of(
                        id(),
                        muchLarger ? Severity.NOTICE : Severity.WARNING,
                        Subject.index(database.name(), narrow.qualifiedName()),
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
