package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * An ACCESS EXCLUSIVE lock on a table, index or partition that somebody holds or waits for: nobody
 * can even read it until that session is done.
 *
 * @param held whether it is granted; otherwise it is awaited, and all who come later wait behind it
 * @param pid the session's process; none for a prepared transaction
 * @param transactionAge since its transaction began
 * @param query what it runs or ran last; none where the role may not see it
 */
public record TableLockFact(
        long relation,
        String schema,
        String name,
        boolean held,
        Optional<Integer> pid,
        Optional<String> role,
        Optional<String> applicationName,
        Optional<String> state,
        Optional<Duration> transactionAge,
        Optional<String> query) {

    /**
     * The relations of this database that nobody else can open now. Functions that open a relation
     * (sizes, definitions of indexes, bounds of partitions) would wait for {@code lock_timeout} and
     * fail with the whole query.
     */
    static final String LOCKED = lockedIn("'AccessExclusiveLock'");

    /** The relations of this database that nobody else can write to now. */
    static final String LOCKED_FOR_WRITING =
            lockedIn(
                    "'AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock'");

    // https://www.postgresql.org/docs/current/view-pg-locks.html
    static final Query<TableLockFact> QUERY =
            Query.of(
                    TableLockFact.class,
                    """
                    SELECT l.relation::bigint AS relation, n.nspname AS schema, c.relname AS name, l.granted AS held,
                           l.pid, a.usename AS role, a.application_name, a.state,
                           extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start) AS transaction_age,
                           CASE WHEN a.query <> '<insufficient privilege>' THEN a.query END AS query
                      FROM pg_catalog.pg_locks l
                      JOIN pg_catalog.pg_class c ON c.oid = l.relation
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                      LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
                     WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
                       AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
                       AND c.relpersistence <> 't'
                       AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                                          WHERE d.datname = pg_catalog.current_database())
                     ORDER BY a.xact_start, l.relation
                    """);

    private static String lockedIn(String modes) {
        return """
        SELECT DISTINCT l.relation
              FROM pg_catalog.pg_locks l
             WHERE l.locktype = 'relation' AND l.mode IN (%s)
               AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
               AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                                  WHERE d.datname = pg_catalog.current_database())\
        """
                .formatted(modes);
    }

    public QualifiedName qualifiedName() {
        return new QualifiedName(schema, name);
    }
}
