package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * All statements of pg_stat_statements together.
 *
 * @param statements how many are kept now
 * @param forgotten how often statements were thrown out because there were more than {@code
 *     pg_stat_statements.max}
 * @param total execution time of all statements that did not run inside another
 */
public record StatementTotalsFact(
        long statements,
        long calls,
        Duration total,
        long forgotten,
        Optional<Duration> sinceReset) {

    // https://www.postgresql.org/docs/current/pgstatstatements.html#PGSTATSTATEMENTS-PG-STAT-STATEMENTS-INFO
    // pg_stat_statements(false) leaves the file of texts alone.
    public static final Query<StatementTotalsFact> QUERY =
            Query.of(
                            StatementTotalsFact.class,
                            """
                            SELECT count(*) AS statements,
                                   coalesce(sum(s.calls), 0)::int8 AS calls,
                                   coalesce(sum(s.total_exec_time) FILTER (WHERE s.toplevel), 0) / 1000 AS total,
                                   max(i.dealloc) AS forgotten,
                                   extract(epoch FROM clock_timestamp() - max(i.stats_reset)) AS since_reset
                              FROM {pg_stat_statements}.pg_stat_statements_info i
                              LEFT JOIN {pg_stat_statements}.pg_stat_statements(false) s ON true
                            """)
                    .needing("ALTER EXTENSION pg_stat_statements UPDATE");
}
