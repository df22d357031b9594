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
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.Cost;
import org.howdah.remedy.CreateIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
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
                    || rows(table, relations) < LEAST_ROWS
                    || byTable.getOrDefault(key.table(), List.of()).stream()
                            .anyMatch(index -> serves(index, key.columns()))) {
                continue;
            }
            QualifiedName name = IndexName.fresh(key.qualifiedTable(), key.columns(), taken);
            taken.add(name.name());
            findings.add(finding(database, key, table, relations, name));
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

    private static double rows(RelationFact table, Map<Long, RelationFact> relations) {
        return table.hasStorage()
                ? table.rows()
                : relations.values().stream()
                        .filter(partition -> partition.parent().isPresent())
                        .filter(partition -> partition.parent().getAsLong() == table.oid())
                        .mapToDouble(RelationFact::rows)
                        .sum();
    }

    private Finding finding(
            DatabaseFacts database,
            ConstraintFact key,
            RelationFact table,
            Map<Long, RelationFact> relations,
            QualifiedName index) {
        RelationFact referenced = relations.getOrDefault(key.referencedTable().orElse(0), table);
        double rows = rows(table, relations);
        boolean used = referenced.tuplesDeleted() > 0;
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
                                        Units.count(referenced.tuplesDeleted())),
                        "Each delete, and each update of the key, in the referenced table reads the whole referencing table while it holds its locks; joins along the key have no index either.",
                        List.of(
                                Measure.of("referencing rows", rows, Quantity.COUNT),
                                Measure.of("referencing table", table.heapBytes(), Quantity.BYTES),
                                Measure.of(
                                        "deletes in the referenced table",
                                        referenced.tuplesDeleted(),
                                        Quantity.COUNT),
                                Measure.of(
                                        "updates in the referenced table",
                                        referenced.tuplesUpdated(),
                                        Quantity.COUNT)));
        if (!used) {
            // An index that only statements which nobody sends would need costs every write.
            return finding;
        }
        return finding.with(
                new CreateIndex(
                        database.name(),
                        key.qualifiedTable(),
                        index,
                        false,
                        "USING btree (" + columns + ")",
                        List.of(),
                        new Cost(table.heapBytes() * 2, bytes, bytes, bytes)));
    }
}
