package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * A statement of pg_stat_statements with its counters since they were reset; blocks are pages of 8
 * kB. Only the heaviest {@value #LIMIT} are read.
 *
 * @param topLevel false where it ran inside a function
 * @param query with constants replaced by {@code $n}; its first {@value #LONGEST_TEXT} characters
 * @param total execution time of all calls together
 * @param rows retrieved or affected by all calls together
 * @param readTime time spent on reading shared blocks; zero where {@code track_io_timing} is off
 */
public record StatementFact(
        long queryId,
        Optional<String> role,
        Optional<String> database,
        boolean topLevel,
        String query,
        long calls,
        Duration total,
        Duration mean,
        Duration longest,
        Duration deviation,
        long plans,
        Duration planning,
        long rows,
        long sharedHit,
        long sharedRead,
        long sharedDirtied,
        long sharedWritten,
        long temporaryRead,
        long temporaryWritten,
        Duration readTime,
        Duration writeTime,
        long walBytes) {

    /** How many statements are read, those with the highest total time. */
    public static final int LIMIT = 200;

    static final int LONGEST_TEXT = 100_000;

    /** The first version that counts the time of temporary blocks and JIT. */
    private static final int SHARED_BLOCK_TIMES = 11;

    /**
     * The query for a version of the extension, which may be older than the server's after {@code
     * pg_upgrade}.
     *
     * @param extensionVersion {@code 1.11} ...
     */
    // https://www.postgresql.org/docs/current/pgstatstatements.html
    // The texts are read from one file, whole, whatever the limit: once a reading.
    static Query<StatementFact> query(String extensionVersion) {
        int minor = minor(extensionVersion);
        String times = minor >= SHARED_BLOCK_TIMES ? "shared_blk" : "blk";
        String topLevel = minor >= 9 ? "s.toplevel" : "true";
        return Query.of(
                        StatementFact.class,
                        """
                        SELECT s.queryid AS query_id, r.rolname AS role, d.datname AS database,
                               %s AS top_level, left(s.query, %d) AS query, s.calls,
                               s.total_exec_time / 1000 AS total, s.mean_exec_time / 1000 AS mean,
                               s.max_exec_time / 1000 AS longest, s.stddev_exec_time / 1000 AS deviation,
                               s.plans, s.total_plan_time / 1000 AS planning, s.rows,
                               s.shared_blks_hit AS shared_hit, s.shared_blks_read AS shared_read,
                               s.shared_blks_dirtied AS shared_dirtied, s.shared_blks_written AS shared_written,
                               s.temp_blks_read AS temporary_read, s.temp_blks_written AS temporary_written,
                               s.%s_read_time / 1000 AS read_time, s.%s_write_time / 1000 AS write_time,
                               s.wal_bytes::int8 AS wal_bytes
                          FROM {pg_stat_statements}.pg_stat_statements s
                          LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.userid
                          LEFT JOIN pg_catalog.pg_database d ON d.oid = s.dbid
                         WHERE s.queryid IS NOT NULL AND s.query IS NOT NULL
                         ORDER BY s.total_exec_time DESC
                         LIMIT %d
                        """
                                .formatted(topLevel, LONGEST_TEXT, times, times, LIMIT))
                .needing("ALTER EXTENSION pg_stat_statements UPDATE");
    }

    private static int minor(String extensionVersion) {
        return Integer.parseInt(extensionVersion.substring(extensionVersion.indexOf('.') + 1));
    }
}
