package org.howdah.check;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.QualifiedName;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Indexes of which the same table has another that is the same in all that matters. */
final class DuplicateIndexCheck implements Check {
    /** All that a query could tell two indexes apart by. */
    private record Shape(
            long table,
            String accessMethod,
            List<String> keys,
            List<String> operatorClasses,
            List<String> collations,
            List<Integer> keyOptions,
            Set<String> included,
            Optional<String> predicate) {
        static Shape of(IndexFact index) {
            return new Shape(
                    index.table(),
                    index.accessMethod(),
                    index.keys(),
                    index.operatorClasses(),
                    index.collations(),
                    index.keyOptions(),
                    Set.copyOf(index.included()),
                    index.predicate());
        }
    }

    @Override
    public String id() {
        return "duplicate-index";
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

    /** The indexes that another stands in for. */
    static Stream<StandIn> pairs(List<IndexFact> indexes, IndexUsage usage) {
        Map<Shape, List<IndexFact>> alike =
                indexes.stream()
                        .filter(index -> index.valid() && !index.locked())
                        .filter(index -> index.parent().isEmpty())
                        .collect(Collectors.groupingBy(Shape::of));
        return alike.values().stream()
                .filter(group -> group.size() > 1)
                .flatMap(group -> standIns(group, usage));
    }

    /** One stays: what enforces something, then what is used most, then the oldest. */
    private static Stream<StandIn> standIns(List<IndexFact> group, IndexUsage usage) {
        List<IndexFact> ordered =
                group.stream()
                        .sorted(
                                Comparator.comparing(IndexFact::primary)
                                        .thenComparing(IndexFact::replicaIdentity)
                                        .thenComparing(IndexFact::referenced)
                                        .thenComparing(IndexFact::enforces)
                                        .thenComparing(IndexFact::unique)
                                        .thenComparingLong(usage::scansOf)
                                        .reversed()
                                        .thenComparingLong(IndexFact::oid))
                        .toList();
        IndexFact kept = ordered.getFirst();
        return ordered.stream()
                .skip(1)
                .filter(index -> droppable(index, kept))
                .map(index -> new StandIn(index, kept));
    }

    /**
     * Two unique ones that treat nulls in different ways do not stand for each other, nor does one
     * that checks at the end of the transaction for one that checks at once: ON CONFLICT and
     * foreign keys need the latter. An exclusion constraint has operators of its own.
     */
    private static boolean droppable(IndexFact index, IndexFact kept) {
        return !index.exclusion()
                && (!index.unique()
                        || (kept.unique()
                                && index.nullsNotDistinct() == kept.nullsNotDistinct()
                                && (kept.immediate() || !index.immediate())));
    }

    private Finding finding(
            DatabaseFacts database, IndexFact index, IndexFact kept, IndexUsage usage) {
        Finding finding =
                Finding.of(
                        id(),
                        Severity.WARNING,
                        Subject.index(database.name(), index.qualifiedName()),
                        "Index %s (%s) is the same as %s on %s."
                                .formatted(
                                        index.qualifiedName(),
                                        Units.bytes(usage.bytesOf(index)),
                                        kept.name(),
                                        index.tableName()),
                        "Both are written with every row and hold the same; whatever uses one can use the other.",
                        List.of(
                                Measure.of("index size", usage.bytesOf(index), Quantity.BYTES),
                                Measure.of("scans of it", usage.scansOf(index), Quantity.COUNT),
                                Measure.of(
                                        "scans of the other",
                                        usage.scansOf(kept),
                                        Quantity.COUNT)));
        return remedy(database, index).map(finding::with).orElse(finding);
    }

    private static Optional<Remedy> remedy(DatabaseFacts database, IndexFact index) {
        if (index.constraint().isPresent() || index.referenced() || index.replicaIdentity()) {
            return Optional.of(
                    new ByHand(
                            Subject.index(database.name(), index.qualifiedName()),
                            "It belongs to a constraint of its own; drop that once nothing refers to it.",
                            index.constraint().stream()
                                    .map(name ->
                                            "ALTER TABLE %s DROP CONSTRAINT %s"
                                                    .formatted(
                                                            index.qualifiedTable().sql(),
                                                            QualifiedName.quote(name)))
                                    .toList()));
        }
        return IndexDrop.of(database, index, DropIndex.Reason.DUPLICATE);
    }
}
