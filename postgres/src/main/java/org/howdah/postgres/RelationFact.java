package org.howdah.postgres;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A table, partitioned table or materialized view with its size, counters and ages. Its TOAST table
 * is part of it. Temporary tables are left out.
 *
 * @param system whether it is a catalog
 * @param extensionMember whether an extension made it
 * @param parent the partitioned table of which it is a partition
 * @param bound the partition's bound as SQL; none while the table is locked
 * @param detachPending whether DETACH CONCURRENTLY was begun and not ended
 * @param options storage options, names as in {@code ALTER TABLE ... SET}
 * @param toastOptions the same of its TOAST table, without {@code toast.}
 * @param locked whether somebody holds or awaits ACCESS EXCLUSIVE on it: its sizes are then those
 *     of the last VACUUM or ANALYZE
 * @param heapBytes main fork; all dead and free space included
 * @param toastBytes main fork of the TOAST table and of its index
 * @param estimatedRows {@code reltuples}, of the last VACUUM or ANALYZE; none before the first
 * @param pages {@code relpages}, of the same moment
 * @param indexScans summed over its indexes
 * @param xidAge transactions since its oldest unfrozen row, or that of its TOAST table
 * @param columns live and dropped ones
 */
public record RelationFact(
        long oid,
        String schema,
        String name,
        RelationKind kind,
        String owner,
        boolean system,
        boolean extensionMember,
        OptionalLong parent,
        Optional<String> bound,
        boolean detachPending,
        Persistence persistence,
        ReplicaIdentity replicaIdentity,
        boolean hasPrimaryKey,
        Map<String, String> options,
        Map<String, String> toastOptions,
        boolean locked,
        long heapBytes,
        long toastBytes,
        OptionalDouble estimatedRows,
        long pages,
        long allVisiblePages,
        long liveTuples,
        long deadTuples,
        long toastDeadTuples,
        long modifiedSinceAnalyze,
        long insertedSinceVacuum,
        Optional<Instant> lastVacuum,
        Optional<Instant> lastAutovacuum,
        Optional<Instant> lastAnalyze,
        Optional<Instant> lastAutoanalyze,
        long vacuumCount,
        long autovacuumCount,
        long analyzeCount,
        long autoanalyzeCount,
        long sequentialScans,
        long sequentialTuplesRead,
        Optional<Instant> lastSequentialScan,
        long indexScans,
        long indexTuplesFetched,
        long tuplesInserted,
        long tuplesUpdated,
        long tuplesDeleted,
        long tuplesHotUpdated,
        long blocksFetched,
        long blocksHit,
        long xidAge,
        long multixactAge,
        int columns) {

    // https://www.postgresql.org/docs/current/catalog-pg-class.html
    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW
    // The functions beneath pg_stat_all_tables, since that view cannot be read in ranges of oids.
    private static final String TEXT =
            """
            WITH locked AS MATERIALIZED (
                %s
            )
            SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name,
                   CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table'
                                  ELSE 'materialized view' END AS kind,
                   pg_catalog.pg_get_userbyid(c.relowner) AS owner,
                   n.nspname IN ('pg_catalog', 'information_schema') AS system,
                   EXISTS (SELECT FROM pg_catalog.pg_depend d
                            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                              AND d.objid = c.oid AND d.deptype = 'e') AS extension_member,
                   h.inhparent::bigint AS parent,
                   CASE WHEN c.relispartition AND NOT state.locked
                        THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS bound,
                   coalesce(h.inhdetachpending, false) AS detach_pending,
                   CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END AS persistence,
                   CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'i' THEN 'index'
                                       WHEN 'f' THEN 'full' ELSE 'nothing' END AS replica_identity,
                   EXISTS (SELECT FROM pg_catalog.pg_index p
                            WHERE p.indrelid = c.oid AND p.indisprimary) AS has_primary_key,
                   c.reloptions AS options, t.reloptions AS toast_options,
                   state.locked,
                   coalesce(CASE WHEN c.relkind = 'p' THEN 0 WHEN state.locked THEN c.relpages * 8192::bigint
                                 ELSE pg_catalog.pg_relation_size(c.oid) END, 0) AS heap_bytes,
                   coalesce(CASE WHEN state.locked THEN t.relpages * 8192::bigint
                                 ELSE pg_catalog.pg_relation_size(t.oid)
                                      + coalesce((SELECT sum(pg_catalog.pg_relation_size(ti.indexrelid))
                                                    FROM pg_catalog.pg_index ti WHERE ti.indrelid = t.oid), 0)
                            END, 0)::bigint AS toast_bytes,
                   nullif(c.reltuples, -1)::float8 AS estimated_rows,
                   c.relpages AS pages, c.relallvisible AS all_visible_pages,
                   pg_catalog.pg_stat_get_live_tuples(c.oid) AS live_tuples,
                   pg_catalog.pg_stat_get_dead_tuples(c.oid) AS dead_tuples,
                   coalesce(pg_catalog.pg_stat_get_dead_tuples(t.oid), 0) AS toast_dead_tuples,
                   pg_catalog.pg_stat_get_mod_since_analyze(c.oid) AS modified_since_analyze,
                   pg_catalog.pg_stat_get_ins_since_vacuum(c.oid) AS inserted_since_vacuum,
                   pg_catalog.pg_stat_get_last_vacuum_time(c.oid) AS last_vacuum,
                   pg_catalog.pg_stat_get_last_autovacuum_time(c.oid) AS last_autovacuum,
                   pg_catalog.pg_stat_get_last_analyze_time(c.oid) AS last_analyze,
                   pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid) AS last_autoanalyze,
                   pg_catalog.pg_stat_get_vacuum_count(c.oid) AS vacuum_count,
                   pg_catalog.pg_stat_get_autovacuum_count(c.oid) AS autovacuum_count,
                   pg_catalog.pg_stat_get_analyze_count(c.oid) AS analyze_count,
                   pg_catalog.pg_stat_get_autoanalyze_count(c.oid) AS autoanalyze_count,
                   pg_catalog.pg_stat_get_numscans(c.oid) AS sequential_scans,
                   pg_catalog.pg_stat_get_tuples_returned(c.oid) AS sequential_tuples_read,
                   %s AS last_sequential_scan,
                   coalesce(use.scans, 0) AS index_scans,
                   coalesce(use.fetched, 0) + pg_catalog.pg_stat_get_tuples_fetched(c.oid) AS index_tuples_fetched,
                   pg_catalog.pg_stat_get_tuples_inserted(c.oid) AS tuples_inserted,
                   pg_catalog.pg_stat_get_tuples_updated(c.oid) AS tuples_updated,
                   pg_catalog.pg_stat_get_tuples_deleted(c.oid) AS tuples_deleted,
                   pg_catalog.pg_stat_get_tuples_hot_updated(c.oid) AS tuples_hot_updated,
                   pg_catalog.pg_stat_get_blocks_fetched(c.oid) AS blocks_fetched,
                   pg_catalog.pg_stat_get_blocks_hit(c.oid) AS blocks_hit,
                   CASE WHEN c.relfrozenxid = '0'::pg_catalog.xid THEN 0
                        ELSE greatest(pg_catalog.age(c.relfrozenxid), pg_catalog.age(t.relfrozenxid)) END AS xid_age,
                   CASE WHEN c.relminmxid = '0'::pg_catalog.xid THEN 0
                        ELSE greatest(pg_catalog.mxid_age(c.relminmxid), pg_catalog.mxid_age(t.relminmxid))
                        END AS multixact_age,
                   c.relnatts AS columns
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
              LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid AND c.relispartition
              CROSS JOIN LATERAL (
                  SELECT c.oid IN (SELECT relation FROM locked)
                         OR t.oid IS NOT NULL AND t.oid IN (SELECT relation FROM locked) AS locked
              ) state
              LEFT JOIN LATERAL (
                  SELECT sum(pg_catalog.pg_stat_get_numscans(i.indexrelid))::bigint AS scans,
                         sum(pg_catalog.pg_stat_get_tuples_fetched(i.indexrelid))::bigint AS fetched
                    FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid
              ) use ON true
             WHERE c.relkind IN ('r', 'p', 'm')
               AND c.relpersistence <> 't'
               AND n.nspname <> 'pg_toast'
               AND c.oid > ?::bigint::pg_catalog.oid AND c.oid <= ?::bigint::pg_catalog.oid
            """;

    static final Query<RelationFact> QUERY =
            Query.of(
                            RelationFact.class,
                            TEXT.formatted(TableLockFact.LOCKED, "NULL::pg_catalog.timestamptz"))
                    .from(
                            16,
                            TEXT.formatted(
                                    TableLockFact.LOCKED,
                                    "pg_catalog.pg_stat_get_lastscan(c.oid)"));

    public QualifiedName qualifiedName() {
        return new QualifiedName(schema, name);
    }

    public boolean isPartition() {
        return parent.isPresent();
    }

    /** Whether it holds rows itself. */
    public boolean hasStorage() {
        return kind != RelationKind.PARTITIONED_TABLE;
    }

    /**
     * The best estimate of its live rows: the running count where it was ever set right by VACUUM
     * or ANALYZE, otherwise {@code reltuples} where that is known.
     */
    public double rows() {
        boolean counted =
                lastVacuum.isPresent()
                        || lastAutovacuum.isPresent()
                        || lastAnalyze.isPresent()
                        || lastAutoanalyze.isPresent();
        return counted ? liveTuples : Math.max((double) liveTuples, estimatedRows.orElse(0));
    }

    /** The later of VACUUM and autovacuum; none where statistics know of neither. */
    public Optional<Instant> lastVacuumed() {
        return later(lastVacuum, lastAutovacuum);
    }

    /** The later of ANALYZE and autoanalyze; none where statistics know of neither. */
    public Optional<Instant> lastAnalyzed() {
        return later(lastAnalyze, lastAutoanalyze);
    }

    /** Rows inserted, updated and deleted since statistics were reset. */
    public long tuplesWritten() {
        return tuplesInserted + tuplesUpdated + tuplesDeleted;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().isAfter(other.get()) ? one : other;
    }
}
