package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.RelationKind;
import org.howdah.postgres.ReplicaIdentity;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables without a primary key. */
final class MissingPrimaryKeyCheck implements Check {
    @Override
    public String id() {
        return "missing-primary-key";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.relations(),
                database.indexes(),
                (relations, _) -> {
                    Map<Long, List<IndexFact>> indexes = database.indexesByTable();
                    return relations.stream()
                            .filter(table -> table.kind() != RelationKind.MATERIALIZED_VIEW)
                            .filter(table -> !table.hasPrimaryKey() && !table.extensionMember())
                            .filter(table -> !table.isPartition())
                            .map(table ->
                                    finding(
                                            database.name(),
                                            table,
                                            indexes.getOrDefault(table.oid(), List.of())))
                            .toList();
                });
    }

    private Finding finding(String database, RelationFact table, List<IndexFact> indexes) {
        Optional<IndexFact> unique =
                indexes.stream()
                        .filter(index -> index.unique() && index.valid())
                        .filter(index -> !index.partial() && !index.hasExpressions())
                        .findFirst();
        boolean identified = unique.isPresent() || table.replicaIdentity() == ReplicaIdentity.FULL;
        return Finding.of(
                        id(),
                        identified ? Severity.NOTICE : Severity.WARNING,
                        Subject.table(database, table.qualifiedName()),
                        "%s (%s rows) has no primary key%s."
                                .formatted(
                                        table.qualifiedName(),
                                        Units.count(table.rows()),
                                        unique.map(index ->
                                                        ", though the unique index "
                                                                + index.name()
                                                                + " could be one")
                                                .orElse("")),
                        "Nothing keeps a row from being there twice or tells two equal ones apart; logical replication cannot update or delete its rows, and online rewrites cannot follow them.",
                        List.of(
                                Measure.of("rows", table.rows(), Quantity.COUNT),
                                Measure.of("table size", table.heapBytes(), Quantity.BYTES)))
                .with(
                        new ByHand(
                                Subject.table(database, table.qualifiedName()),
                                "Choose the columns that identify a row; build the unique index concurrently and make it the primary key, which then takes a moment (declare the columns NOT NULL first, with a CHECK that is validated beforehand).",
                                List.of(
                                        "CREATE UNIQUE INDEX CONCURRENTLY ... ON "
                                                + table.qualifiedName().sql()
                                                + " (...)",
                                        "ALTER TABLE %s ADD PRIMARY KEY USING INDEX %s"
                                                .formatted(
                                                        table.qualifiedName().sql(),
                                                        unique.map(IndexFact::name)
                                                                .map(QualifiedName::quote)
                                                                .orElse("...")))));
    }
}
