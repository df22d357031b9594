package org.howdah.remedy;

import java.util.Optional;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.remedy.Statements.TableLock;

/**
 * Builds an index on a table and all its partitions without blocking writes. What is built is
 * noted, and what is there already is gathered to be adopted at the end.
 */
record IndexBuild(CreateIndex remedy, MadeIndexes made, AdoptedIndexes adopted) {
    void build(Statements statements, TableFact table, QualifiedName index) {
        if (table.isPartitioned()) {
            made.atOnce(
                    statements,
                    index,
                    table.oid(),
                    RemedySql.createOnOnly(remedy, index, table.qualifiedName()),
                    Optional.of(new TableLock(table.qualifiedName().sql(), LockMode.SHARE)));
            partitions(statements, table, index);
            return;
        }
        // Whoever holds the table for long is noticed here, in attempts of at most a second.
        ConcurrentBuild.awaitTable(statements, table.qualifiedName());
        made.concurrently(
                statements,
                index,
                table.oid(),
                RemedySql.createConcurrently(remedy, index, table.qualifiedName()));
    }

    /**
     * Builds on each partition that has no part of the index, which is there. Partitions that are
     * added meanwhile get theirs from the server.
     */
    void partitions(Statements statements, TableFact table, QualifiedName index) {
        for (TableFact partition : table.partitions(statements.watch())) {
            Optional<QualifiedName> part = part(statements.watch(), index, partition);
            if (part.isPresent()) {
                if (partition.isPartitioned()) {
                    partitions(statements, partition, part.get());
                }
                continue;
            }
            Optional<EqualIndex> equal = EqualIndex.of(statements.watch(), index, partition);
            if (equal.isPresent()) {
                adopted.add(index, equal.get());
                continue;
            }
            QualifiedName child = IndexNames.ofPartition(index.name(), partition.qualifiedName());
            build(statements, partition, child);
            // Whoever plans a query on the partition looks at all its indexes, at this one too.
            statements.patiently(RemedySql.attach(index, child), LockMode.ACCESS_EXCLUSIVE);
        }
    }

    /** The index of a partition that is attached to this one. */
    private static Optional<QualifiedName> part(
            Session session, QualifiedName index, TableFact partition) {
        return session
                .query(
                        """
                        SELECT n.nspname, c.relname
                          FROM pg_catalog.pg_inherits h
                          JOIN pg_catalog.pg_index i ON i.indexrelid = h.inhrelid
                          JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
                          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                         WHERE h.inhparent = pg_catalog.to_regclass(?) AND i.indrelid = ?::bigint::oid
                        """,
                        row -> new QualifiedName(row.getString(1), row.getString(2)),
                        index.sql(),
                        partition.oid())
                .stream()
                .findFirst();
    }
}
