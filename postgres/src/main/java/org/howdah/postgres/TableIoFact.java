package org.howdah.postgres;

/**
 * How often tables and indexes of the database that was read were found in shared buffers, summed
 * over all of its user tables.
 */
public record TableIoFact(long heapHit, long heapRead, long indexHit, long indexRead) {

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STATIO-ALL-TABLES-VIEW
    public static final Query<TableIoFact> QUERY =
            Query.of(
                    TableIoFact.class,
                    """
                    SELECT coalesce(sum(heap_blks_hit), 0)::int8 AS heap_hit,
                           coalesce(sum(heap_blks_read), 0)::int8 AS heap_read,
                           coalesce(sum(idx_blks_hit), 0)::int8 AS index_hit,
                           coalesce(sum(idx_blks_read), 0)::int8 AS index_read
                      FROM pg_catalog.pg_statio_user_tables
                    """);
}
