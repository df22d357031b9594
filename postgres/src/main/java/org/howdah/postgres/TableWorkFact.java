package org.howdah.postgres;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A session that holds SHARE UPDATE EXCLUSIVE on a table, as VACUUM, ANALYZE, concurrent index
 * builds and some ALTER TABLE do: an invalid index of such a table may be one that is still being
 * built.
 *
 * @param vacuum whether that session is known to run VACUUM
 * @param index what is built, where the role may see it
 * @param command {@code CREATE INDEX CONCURRENTLY} and the like
 */
public record TableWorkFact(
        long table,
        Optional<Integer> pid,
        boolean vacuum,
        OptionalLong index,
        Optional<String> command,
        Optional<String> phase) {

    // https://www.postgresql.org/docs/current/progress-reporting.html#CREATE-INDEX-PROGRESS-REPORTING
    static final Query<TableWorkFact> QUERY =
            Query.of(
                    TableWorkFact.class,
                    """
                    SELECT l.relation::bigint AS table, l.pid,
                           EXISTS (SELECT FROM pg_catalog.pg_stat_progress_vacuum v WHERE v.pid = l.pid) AS vacuum,
                           nullif(b.index_relid, 0)::bigint AS index, b.command, b.phase
                      FROM pg_catalog.pg_locks l
                      LEFT JOIN pg_catalog.pg_stat_progress_create_index b ON b.pid = l.pid
                     WHERE l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock'
                       AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
                       AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                                          WHERE d.datname = pg_catalog.current_database())
                     ORDER BY l.relation
                    """);
}
