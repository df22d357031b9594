package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.PartitionedTableFact;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Default partitions that have rows. */
final class DefaultPartitionCheck implements Check {
    /** More than this and moving the rows is no longer a matter of one short transaction. */
    static final double MANY_ROWS = 10_000;

    @Override
    public String id() {
        return "default-partition-filled";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.partitionedTables(),
                database.relations(),
                (tables, _) -> {
                    Map<Long, RelationFact> relations = database.relationsByOid();
                    return tables.stream()
                            .flatMap(table -> finding(database.name(), table, relations))
                            .toList();
                });
    }

    private Stream<Finding> finding(
            String database, PartitionedTableFact table, Map<Long, RelationFact> relations) {
        return Optional.ofNullable(relations.get(table.defaultPartition().orElse(0)))
                .filter(partition -> partition.rows() > 0)
                .map(partition -> finding(database, table, partition))
                .stream();
    }

    private Finding finding(String database, PartitionedTableFact table, RelationFact partition) {
        return Finding.of(
                        id(),
                        partition.rows() >= MANY_ROWS ? Severity.WARNING : Severity.NOTICE,
                        Subject.table(database, partition.qualifiedName()),
                        "The default partition %s of %s has %s rows (%s)."
                                .formatted(
                                        partition.qualifiedName(),
                                        table.qualifiedName(),
                                        Units.count(partition.rows()),
                                        Units.bytes(partition.heapBytes())),
                        "Rows came for which there was no partition. A partition for them cannot be attached while they are there, each attach reads the default partition under a lock, and it cannot be pruned or dropped by age.",
                        List.of(
                                Measure.against("rows", partition.rows(), Quantity.COUNT, 0),
                                Measure.of("size", partition.heapBytes(), Quantity.BYTES),
                                Measure.of(
                                        "rows inserted",
                                        partition.tuplesInserted(),
                                        Quantity.COUNT)))
                .with(
                        new ByHand(
                                Subject.table(database, partition.qualifiedName()),
                                "Make a table for the missing range, move the rows of that range into it in one transaction together with the attach (in smaller ranges where they are many), and make partitions ahead of time.",
                                List.of(
                                        "CREATE TABLE <partition> (LIKE %s INCLUDING ALL)"
                                                .formatted(table.qualifiedName().sql()),
                                        "WITH moved AS (DELETE FROM %s WHERE <range> RETURNING *) INSERT INTO <partition> SELECT * FROM moved"
                                                .formatted(partition.qualifiedName().sql()),
                                        "ALTER TABLE %s ATTACH PARTITION <partition> FOR VALUES FROM (...) TO (...)"
                                                .formatted(table.qualifiedName().sql()))));
    }
}
