package org.howdah.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ConstraintFact;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.Partitions;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.Cost;
import org.howdah.remedy.CreateIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.remedy.TableTree;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Foreign keys whose columns no index begins with. */
final class ForeignKeyIndexCheck implements Check {
    /** A smaller table is read whole in less time than an index takes to find a row. */
    static final double LEAST_ROWS = 1_000;

    /** An entry of a B-tree on a key or two, with its share of free space. */
    private static final long ENTRY_BYTES = 30;

    @Override
    public String id() {
        return "foreign-key-without-index";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.constraints(),
                database.indexes(),
                (constraints, indexes) -> findings(database, constraints, indexes));
    }

    private List<Finding> findings(
            DatabaseFacts database, List<ConstraintFact> constraints, List<IndexFact> indexes) {
        Map<Long, RelationFact> relations = database.relationsByOid();
        Partitions partitions = database.partitions();
        Map<Long, List<IndexFact>> byTable = database.indexesByTable();
        Set<String> taken =
                indexes.stream()
                        .map(IndexFact::name)
                        .collect(Collectors.toCollection(HashSet::new));
        List<Finding> findings = new ArrayList<>();
        for (ConstraintFact key : constraints) {
            RelationFact table = relations.get(key.table());
            if (key.kind() != ConstraintFact.Kind.FOREIGN_KEY
                    || key.parent().isPresent()
                    || table == null
                    || table.locked()
                    || rows(table, partitions) < LEAST_ROWS
                    || byTable.getOrDefault(key.table(), List.of()).stream()
                            .anyMatch(index -> serves(index, key.columns()))) {
                continue;
            }
            QualifiedName name = IndexName.fresh(key.qualifiedTable(), key.columns(), taken);
            taken.add(name.name());
            findings.add(finding(database, key, table, relations, partitions, name));
        }
        return findings;
    }

    /** Whether its first columns are the key's, in any order. */
    static boolean serves(IndexFact index, List<String> columns) {
        boolean whole =
                !index.partial()
                        || (columns.size() == 1
                                && index.predicate()
                                        .filter(predicate ->
                                                predicate.equals(
                                                        "(" + columns.getFirst() + " IS NOT NULL)"))
                                        .isPresent());
        return whole
                && index.valid()
                && (index.accessMethod().equals("btree") || index.accessMethod().equals("hash"))
                && index.keys().size() >= columns.size()
                && Set.copyOf(index.keys().subList(0, columns.size())).equals(Set.copyOf(columns));
    }

    /** Of all its partitions, on whatever level. */
    private static double rows(RelationFact table, Partitions partitions) {
        return partitions.leaves(table).stream().mapToDouble(RelationFact::rows).sum();
    }

    private Finding finding(
            DatabaseFacts database,
            ConstraintFact key,
            RelationFact table,
            Map<Long, RelationFact> relations,
            Partitions partitions,
            QualifiedName index) {
        RelationFact referenced = relations.getOrDefault(key.referencedTable().orElse(0), table);
        double rows = rows(table, partitions);
        long heapBytes = partitions.leaves(table).stream().mapToLong(RelationFact::heapBytes).sum();
        List<RelationFact> parts = partitions.leaves(referenced);
        long deleted = parts.stream().mapToLong(RelationFact::tuplesDeleted).sum();
        long updated = parts.stream().mapToLong(RelationFact::tuplesUpdated).sum();
        boolean used = deleted > 0;
        String columns =
                key.columns().stream().map(QualifiedName::quote).collect(Collectors.joining(", "));
        long bytes = Math.round(rows * ENTRY_BYTES);
        Finding finding =
                Finding.of(
                        id(),
                        used ? Severity.WARNING : Severity.NOTICE,
                        Subject.table(database.name(), key.qualifiedTable()),
                        "The foreign key %s of %s (%s) to %s has no index; %s rows were deleted there."
                                .formatted(
                                        key.name(),
                                        key.qualifiedTable(),
                                        String.join(", ", key.columns()),
                                        referenced.qualifiedName(),
                                        Units.count(deleted)),
                        "Each delete, and each update of the key, in the referenced table reads the whole referencing table while it holds its locks; joins along the key have no index either.",
                        List.of(
                                Measure.of("referencing rows", rows, Quantity.COUNT),
                                Measure.of("referencing table", heapBytes, Quantity.BYTES),
                                Measure.of(
                                        "deletes in the referenced table", deleted, Quantity.COUNT),
                                Measure.of(
                                        "updates in the referenced table",
                                        updated,
                                        Quantity.COUNT)));
        if (!used) {
            // An index that only statements which nobody sends would need costs every write.
            return finding;
        }
        return finding.with(
                new CreateIndex(
                        database.name(),
                        TableTree.of(table, partitions),
                        index,
                        false,
                        "USING btree (" + columns + ")",
                        List.of(),
                        new Cost(heapBytes * 2, bytes, bytes, bytes)));
    }
}
