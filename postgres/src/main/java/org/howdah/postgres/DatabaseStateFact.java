package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One database of the server with its counters since the last reset of its statistics.
 *
 * @param connectionLimit -1 for none
 * @param xidAge transactions since the oldest that is not frozen everywhere in it
 * @param multixactAge the same in multixacts
 * @param sessions connected now
 * @param tuplesWritten rows inserted, updated and deleted, catalogs and those rolled back included
 * @param checksumFailures none where checksums are off
 * @param blockReadTime none where {@code track_io_timing} is off and nothing was timed
 * @param sinceReset none where the statistics were never reset
 */
public record DatabaseStateFact(
        String name,
        boolean template,
        boolean allowsConnections,
        int connectionLimit,
        long xidAge,
        long multixactAge,
        long sessions,
        long commits,
        long rollbacks,
        long tuplesWritten,
        long blocksHit,
        long blocksRead,
        long temporaryFiles,
        long temporaryBytes,
        long deadlocks,
        long conflicts,
        OptionalLong checksumFailures,
        OptionalDouble blockReadTime,
        double activeTime,
        double idleInTransactionTime,
        Optional<Duration> sinceReset) {

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW
    public static final Query<DatabaseStateFact> QUERY =
            Query.of(
                    DatabaseStateFact.class,
                    """
                    SELECT d.datname AS name, d.datistemplate AS template,
                           d.datallowconn AS allows_connections, d.datconnlimit AS connection_limit,
                           age(d.datfrozenxid) AS xid_age, mxid_age(d.datminmxid) AS multixact_age,
                           s.numbackends AS sessions, s.xact_commit AS commits, s.xact_rollback AS rollbacks,
                           s.tup_inserted + s.tup_updated + s.tup_deleted AS tuples_written,
                           s.blks_hit AS blocks_hit, s.blks_read AS blocks_read,
                           s.temp_files AS temporary_files, s.temp_bytes AS temporary_bytes,
                           s.deadlocks, s.conflicts, s.checksum_failures,
                           nullif(s.blk_read_time, 0) / 1000 AS block_read_time,
                           s.active_time / 1000 AS active_time,
                           s.idle_in_transaction_time / 1000 AS idle_in_transaction_time,
                           extract(epoch FROM clock_timestamp() - s.stats_reset) AS since_reset
                      FROM pg_catalog.pg_database d
                      JOIN pg_catalog.pg_stat_database s ON s.datid = d.oid
                     ORDER BY d.datname
                    """);
}
