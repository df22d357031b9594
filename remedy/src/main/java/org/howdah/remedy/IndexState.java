package org.howdah.remedy;

import java.util.Optional;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/**
 * An index as a remedy finds it just before it changes it.
 *
 * @param table its table, quoted
 * @param partitioned whether it stands for the indexes of partitions
 * @param attached whether it belongs to such an index
 * @param constraint the constraint that it backs
 * @param usedSeconds the time since the last scan, from PostgreSQL 16 on
 * @param tablespace where it is not in the database's own
 * @param predicate the condition of a partial index
 */
record IndexState(
        long oid,
        String table,
        long tableOid,
        boolean valid,
        boolean partitioned,
        boolean attached,
        boolean expression,
        boolean exclusion,
        boolean replicaIdentity,
        Optional<String> constraint,
        long scans,
        Optional<Double> usedSeconds,
        String definition,
        Optional<String> tablespace,
        Optional<String> predicate) {
    private static final String TEXT =
            """
            SELECT c.oid::bigint AS oid, pg_catalog.format('%%I.%%I', tn.nspname, t.relname) AS table, t.oid::bigint AS table_oid,
                   i.indisvalid AS valid, c.relkind = 'I' AS partitioned, c.relispartition AS attached,
                   i.indexprs IS NOT NULL AS expression, i.indisexclusion AS exclusion, i.indisreplident AS replica_identity,
                   (SELECT k.conname FROM pg_catalog.pg_constraint k
                     WHERE k.conindid = c.oid ORDER BY k.contype = 'f', k.conname LIMIT 1) AS constraint,
                   coalesce((SELECT pg_catalog.sum(s.idx_scan)
                               FROM pg_catalog.pg_stat_all_indexes s
                              WHERE s.indexrelid = c.oid
                                 OR s.indexrelid IN (SELECT relid FROM pg_catalog.pg_partition_tree(c.oid))), 0)::bigint AS scans,
                   %s AS used_seconds,
                   pg_catalog.pg_get_indexdef(c.oid) AS definition,
                   (SELECT s.spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace) AS tablespace,
                   pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
              JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
              JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
             WHERE n.nspname = ? AND c.relname = ?
            """;
    private static final String LAST_SCAN =
            """
            (SELECT pg_catalog.date_part('epoch', pg_catalog.now() - pg_catalog.max(s.last_idx_scan))
               FROM pg_catalog.pg_stat_all_indexes s
              WHERE s.indexrelid = c.oid OR s.indexrelid IN (SELECT relid FROM pg_catalog.pg_partition_tree(c.oid)))
            """;
    private static final Query<IndexState> QUERY =
            Query.of(IndexState.class, TEXT.formatted("NULL::float8"))
                    .from(16, TEXT.formatted(LAST_SCAN));

    static Optional<IndexState> find(Session session, QualifiedName index) {
        return session.query(QUERY, index.schema(), index.name()).stream().findFirst();
    }
}
