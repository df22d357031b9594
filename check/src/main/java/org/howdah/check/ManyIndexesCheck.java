package org.howdah.check;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables that are written a lot and have so many indexes that these cost more than the table. */
final class ManyIndexesCheck implements Check {
    /**
     * Before PostgreSQL 18 a query takes its first 16 relation locks without the shared lock table;
     * a table with more indexes than fit beside it there makes every query on it take slow ones.
     * https://www.postgresql.org/docs/18/release-18.html
     */
    static final int MANY = 10;

    static final long LEAST_WRITES = 10_000;

    @Override
    public String id() {
        return "many-indexes";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Writer.only(
                facts,
                database ->
                        Outcome.of(
                                database.relations(),
                                database.indexes(),
                                (relations, _) -> findings(database, relations)));
    }

    private List<Finding> findings(DatabaseFacts database, List<RelationFact> relations) {
        Map<Long, List<IndexFact>> indexes = database.indexesByTable();
        return relations.stream()
                .filter(RelationFact::hasStorage)
                .filter(table -> table.tuplesWritten() >= LEAST_WRITES)
                .filter(table -> indexes.getOrDefault(table.oid(), List.of()).size() >= MANY)
                .map(table ->
                        finding(
                                database.name(),
                                table,
                                indexes.getOrDefault(table.oid(), List.of())))
                .toList();
    }

    private Finding finding(String database, RelationFact table, List<IndexFact> indexes) {
        long bytes = indexes.stream().mapToLong(IndexFact::bytes).sum();
        return Finding.of(
                        id(),
                        Severity.NOTICE,
                        Subject.table(database, table.qualifiedName()),
                        "%s has %d indexes (%s beside a table of %s) and %s rows written."
                                .formatted(
                                        table.qualifiedName(),
                                        indexes.size(),
                                        Units.bytes(bytes),
                                        Units.bytes(table.heapBytes()),
                                        Units.count(table.tuplesWritten())),
                        "Each insert writes all of them, VACUUM reads all of them, and each query locks all of them; unused and redundant ones are named by their own checks.",
                        List.of(
                                Measure.against("indexes", indexes.size(), Quantity.COUNT, MANY),
                                Measure.of("size of the indexes", bytes, Quantity.BYTES),
                                Measure.of("table size", table.heapBytes(), Quantity.BYTES),
                                Measure.of("rows written", table.tuplesWritten(), Quantity.COUNT)))
                .with(
                        new Picture.Ranking(
                                "Scans of the indexes of " + table.qualifiedName(),
                                Quantity.COUNT,
                                indexes.stream()
                                        .sorted(
                                                Comparator.comparingLong(IndexFact::scans)
                                                        .reversed())
                                        .map(index -> new Picture.Part(index.name(), index.scans()))
                                        .toList()));
    }
}
