package org.howdah.check;

import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.PartitionedTableFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables of so many partitions that whatever touches them all takes long. */
final class TooManyPartitionsCheck implements Check {
    /**
     * "The query planner is generally able to handle partition hierarchies with up to a few
     * thousand partitions fairly well, provided that typical queries allow [it] to prune all but a
     * small number": https://www.postgresql.org/docs/current/ddl-partitioning.html. With the
     * default max_locks_per_transaction a single statement on some 1,500 runs out of locks.
     */
    static final long MANY = 1_000;

    static final long FAR_TOO_MANY = 5_000;

    @Override
    public String id() {
        return "too-many-partitions";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.partitionedTables(),
                tables ->
                        tables.stream()
                                .filter(table -> table.partitions() >= MANY)
                                .map(table -> finding(database.name(), table))
                                .toList());
    }

    private Finding finding(String database, PartitionedTableFact table) {
        return Finding.of(
                id(),
                table.partitions() >= FAR_TOO_MANY ? Severity.WARNING : Severity.NOTICE,
                Subject.table(database, table.qualifiedName()),
                "%s has %s partitions."
                        .formatted(table.qualifiedName(), Units.exact(table.partitions())),
                "A query that cannot be pruned locks and plans every one of them, each connection caches what it has seen of them, and a prepared statement's generic plan takes all their locks.",
                List.of(Measure.against("partitions", table.partitions(), Quantity.COUNT, MANY)));
    }
}
