package org.howdah.advisor;

import java.util.Optional;
import org.howdah.postgres.Query;

/**
 * A statement with its counters since they were reset.
 *
 * @param query with constants replaced by {@code $n}
 * @param seconds execution time of all calls together
 * @param rows retrieved or affected by all calls together
 */
record HeavyStatement(
        long queryId, Optional<String> role, String query, long calls, double seconds, long rows) {
    static final Query<HeavyStatement> QUERY =
            Query.of(
                    HeavyStatement.class,
                    """
                    SELECT s.queryid AS query_id, min(r.rolname) AS role, min(s.query) AS query,
                           sum(s.calls)::bigint AS calls, sum(s.total_exec_time) / 1000 AS seconds,
                           sum(s.rows)::bigint AS rows
                      FROM {pg_stat_statements}.pg_stat_statements s
                      JOIN pg_catalog.pg_database d ON d.oid = s.dbid
                      LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.userid
                     WHERE d.datname = pg_catalog.current_database() AND s.queryid IS NOT NULL
                     GROUP BY s.queryid
                     ORDER BY 5 DESC
                     LIMIT 200
                    """);

    double meanSeconds() {
        return seconds / Math.max(1, calls);
    }
}
