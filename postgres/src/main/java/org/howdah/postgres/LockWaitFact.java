package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * A lock that a process asked for and has not got.
 *
 * @param lockType {@code relation}, {@code transactionid}, {@code tuple}, {@code advisory} ...
 * @param mode {@code AccessExclusiveLock} ...
 * @param relation the table or index, where it belongs to the database that was read
 * @param waited none in the first moment of a wait
 */
public record LockWaitFact(
        int pid,
        String lockType,
        String mode,
        Optional<String> relation,
        Optional<Duration> waited) {

    // https://www.postgresql.org/docs/current/view-pg-locks.html
    public static final Query<LockWaitFact> QUERY =
            Query.of(
                    LockWaitFact.class,
                    """
                    SELECT l.pid, l.locktype AS lock_type, l.mode,
                           n.nspname || '.' || c.relname AS relation,
                           extract(epoch FROM clock_timestamp() - l.waitstart) AS waited
                      FROM pg_catalog.pg_locks l
                      LEFT JOIN pg_catalog.pg_database d ON d.oid = l.database
                      LEFT JOIN pg_catalog.pg_class c
                             ON c.oid = l.relation AND d.datname = pg_catalog.current_database()
                      LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE NOT l.granted
                     ORDER BY l.pid
                    """);
}
