package org.howdah.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * An index of a table, materialized view or, without storage, of a partitioned table.
 *
 * @param table the oid of its table
 * @param partitioned whether it stands for the indexes of partitions
 * @param parent the partitioned index to which it is attached
 * @param definition the whole CREATE INDEX statement; none while its table is locked
 * @param keys column names or expressions, in order; an expression is empty while the table is
 *     locked
 * @param keyAttributes the columns' numbers; 0 for an expression
 * @param operatorClasses one for each key
 * @param collations one for each key, as SQL; {@code -} for none
 * @param keyOptions one for each key: 1 descending, 2 nulls first, or both
 * @param included names of the columns behind INCLUDE
 * @param predicate the condition of a partial index
 * @param immediate whether uniqueness holds after each row; not where its constraint is deferrable
 * @param constraint the constraint that it backs: primary key, unique or exclusion
 * @param referenced whether a foreign key points at it
 * @param locked whether somebody holds or awaits ACCESS EXCLUSIVE on it or on its table: its size
 *     is then that of the last VACUUM or ANALYZE
 * @param transactionsSinceChange transactions since its entry in pg_index was last written, which
 *     is when it was built or rebuilt
 * @param changedAt the time of the same, where {@code track_commit_timestamp} is on and the server
 *     still knows; never on a standby
 * @param bytes main fork; 0 where partitioned
 * @param entries {@code reltuples}, of the last VACUUM or ANALYZE; none before the first
 * @param lastScan since PostgreSQL 16
 */
public record IndexFact(
        long oid,
        long table,
        String schema,
        String name,
        String tableName,
        boolean system,
        boolean partitioned,
        OptionalLong parent,
        String accessMethod,
        Optional<String> definition,
        List<String> keys,
        List<Integer> keyAttributes,
        List<String> operatorClasses,
        List<String> collations,
        List<Integer> keyOptions,
        List<String> included,
        Optional<String> predicate,
        boolean partial,
        boolean unique,
        boolean nullsNotDistinct,
        boolean immediate,
        boolean primary,
        boolean exclusion,
        boolean valid,
        boolean ready,
        boolean replicaIdentity,
        boolean clustered,
        Optional<String> constraint,
        boolean referenced,
        Map<String, String> options,
        boolean locked,
        long transactionsSinceChange,
        Optional<Instant> changedAt,
        long bytes,
        OptionalDouble entries,
        long scans,
        Optional<Instant> lastScan,
        long tuplesRead,
        long tuplesFetched,
        long blocksFetched,
        long blocksHit) {

    // https://www.postgresql.org/docs/current/catalog-pg-index.html
    // pg_get_indexdef and pg_get_expr open the table, hence not for tables that are locked.
    static final Query<IndexFact> QUERY =
            Query.of(IndexFact.class, text("false", "NULL::pg_catalog.timestamptz"))
                    .from(15, text("i.indnullsnotdistinct", "NULL::pg_catalog.timestamptz"))
                    .from(
                            16,
                            text(
                                    "i.indnullsnotdistinct",
                                    "pg_catalog.pg_stat_get_lastscan(x.oid)"));

    private static String text(String nullsNotDistinct, String lastScan) {
        return """
        WITH locked AS MATERIALIZED (
            %s
        )
        SELECT x.oid::bigint AS oid, i.indrelid::bigint AS table, n.nspname AS schema, x.relname AS name,
               c.relname AS table_name,
               n.nspname IN ('pg_catalog', 'information_schema') AS system,
               x.relkind = 'I' AS partitioned,
               h.inhparent::bigint AS parent,
               m.amname AS access_method,
               CASE WHEN NOT state.locked THEN pg_catalog.pg_get_indexdef(i.indexrelid) END AS definition,
               key.names AS keys, key.attributes AS key_attributes,
               key.classes AS operator_classes, key.collations, key.options AS key_options,
               ARRAY(SELECT a.attname::text
                       FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY k (attnum, n)
                       JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                      WHERE k.n > i.indnkeyatts ORDER BY k.n) AS included,
               CASE WHEN NOT state.locked THEN pg_catalog.pg_get_expr(i.indpred, i.indrelid) END AS predicate,
               i.indpred IS NOT NULL AS partial,
               i.indisunique AS unique, %s AS nulls_not_distinct,
               i.indimmediate AS immediate,
               i.indisprimary AS primary, i.indisexclusion AS exclusion,
               i.indisvalid AS valid, i.indisready AS ready,
               i.indisreplident AS replica_identity, i.indisclustered AS clustered,
               (SELECT k.conname FROM pg_catalog.pg_constraint k
                 WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid
                       AND k.contype IN ('p', 'u', 'x') LIMIT 1) AS constraint,
               EXISTS (SELECT FROM pg_catalog.pg_depend d
                         JOIN pg_catalog.pg_constraint k ON k.oid = d.objid AND k.contype = 'f'
                        WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                          AND d.refobjid = i.indexrelid
                          AND d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
                          AND k.conindid = i.indexrelid) AS referenced,
               x.reloptions AS options,
               state.locked,
               pg_catalog.age(i.xmin) AS transactions_since_change,
               CASE WHEN pg_catalog.current_setting('track_commit_timestamp')::bool
                         AND NOT pg_catalog.pg_is_in_recovery()
                    THEN pg_catalog.pg_xact_commit_timestamp(i.xmin) END AS changed_at,
               coalesce(CASE WHEN x.relkind = 'I' THEN 0 WHEN state.locked THEN x.relpages * 8192::bigint
                             ELSE pg_catalog.pg_relation_size(x.oid) END, 0) AS bytes,
               nullif(x.reltuples, -1)::float8 AS entries,
               pg_catalog.pg_stat_get_numscans(x.oid) AS scans,
               %s AS last_scan,
               pg_catalog.pg_stat_get_tuples_returned(x.oid) AS tuples_read,
               pg_catalog.pg_stat_get_tuples_fetched(x.oid) AS tuples_fetched,
               pg_catalog.pg_stat_get_blocks_fetched(x.oid) AS blocks_fetched,
               pg_catalog.pg_stat_get_blocks_hit(x.oid) AS blocks_hit
          FROM pg_catalog.pg_index i
          JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
          JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
          JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
          JOIN pg_catalog.pg_am m ON m.oid = x.relam
          LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = x.oid
          CROSS JOIN LATERAL (
              SELECT i.indrelid IN (SELECT relation FROM locked)
                     OR i.indexrelid IN (SELECT relation FROM locked) AS locked
          ) state
          CROSS JOIN LATERAL (
              SELECT pg_catalog.array_agg(
                         CASE WHEN k.attnum <> 0 THEN a.attname::text WHEN state.locked THEN ''
                              ELSE pg_catalog.pg_get_indexdef(i.indexrelid, k.n::int, false) END
                         ORDER BY k.n) AS names,
                     pg_catalog.array_agg(k.attnum::int ORDER BY k.n) AS attributes,
                     pg_catalog.array_agg((SELECT o.opcname::text FROM pg_catalog.pg_opclass o
                                                  WHERE o.oid = i.indclass[k.n - 1]) ORDER BY k.n) AS classes,
                     pg_catalog.array_agg(i.indcollation[k.n - 1]::pg_catalog.regcollation::text
                                          ORDER BY k.n) AS collations,
                     pg_catalog.array_agg(i.indoption[k.n - 1]::int ORDER BY k.n) AS options
                FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY k (attnum, n)
                LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
               WHERE k.n <= i.indnkeyatts
          ) key
         WHERE c.relpersistence <> 't'
           AND n.nspname <> 'pg_toast'
           AND x.oid > ?::bigint::pg_catalog.oid AND x.oid <= ?::bigint::pg_catalog.oid
        """
                .formatted(TableLockFact.LOCKED, nullsNotDistinct, lastScan);
    }

    public QualifiedName qualifiedName() {
        return new QualifiedName(schema, name);
    }

    /** The name of its table, which lives in the same schema. */
    public QualifiedName qualifiedTable() {
        return new QualifiedName(schema, tableName);
    }

    /** Whether its rows or its uniqueness are needed whether or not any query uses it. */
    public boolean enforces() {
        return unique || primary || exclusion || constraint.isPresent() || referenced;
    }

    /** Whether a key is an expression. */
    public boolean hasExpressions() {
        return keyAttributes.contains(0);
    }
}
