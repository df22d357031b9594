package org.howdah.remedy;

import java.util.Optional;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/** What a partitioned index must not be dropped for, beyond what holds for every index. */
record PartitionedDrop(Optional<String> needed, long locks, long room) {
    // Each partition's own constraint or replica identity may rest on its part of the index. All
    // of it is locked at once, tables and indexes, in the one lock table that all sessions share:
    // https://www.postgresql.org/docs/current/runtime-config-locks.html#GUC-MAX-LOCKS-PER-TRANSACTION
    private static final Query<PartitionedDrop> QUERY =
            Query.of(
                    PartitionedDrop.class,
                    """
                    WITH part AS (
                        SELECT relid FROM pg_catalog.pg_partition_tree(?::bigint::oid::regclass)
                    )
                    SELECT (SELECT c.relname
                              FROM pg_catalog.pg_index i
                              JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                             WHERE i.indexrelid IN (SELECT relid FROM part)
                               AND (i.indisreplident
                                    OR EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid))
                             ORDER BY c.relname
                             LIMIT 1) AS needed,
                           (SELECT 2 * pg_catalog.count(*) FROM part) AS locks,
                           pg_catalog.current_setting('max_locks_per_transaction')::bigint
                               * (pg_catalog.current_setting('max_connections')::bigint
                                  + pg_catalog.current_setting('max_prepared_transactions')::bigint) AS room
                    """);

    static Optional<String> objection(Session session, long index) {
        PartitionedDrop found = session.query(QUERY, index).getFirst();
        if (found.needed().isPresent()) {
            return Optional.of(
                    "a partition's constraint or replica identity rests on its part "
                            + found.needed().get());
        }
        return found.locks() > found.room() / 2
                ? Optional.of(
                        "it would take %d locks at once, more than half of the %d that the server has room for; raise max_locks_per_transaction first"
                                .formatted(found.locks(), found.room()))
                : Optional.empty();
    }
}
