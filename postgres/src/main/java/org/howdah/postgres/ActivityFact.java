package org.howdah.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process of the server, client sessions and background processes alike; our own session is left
 * out. Ages are by the server's clock.
 *
 * @param backendType {@code client backend}, {@code walsender}, {@code autovacuum worker} ...
 * @param state {@code active}, {@code idle}, {@code idle in transaction} ...; none for most
 *     background processes
 * @param xidAge transactions started since this session's own transaction got its number
 * @param xminAge transactions started since the oldest that this session's snapshots still see:
 *     what vacuum may not remove because of it
 * @param query the statement that runs or ran last, its first 1,000 characters
 * @param blockedBy the processes it waits for, where it waits for a lock; 0 stands for a prepared
 *     transaction
 */
public record ActivityFact(
        int pid,
        Optional<String> database,
        Optional<String> role,
        String application,
        Optional<String> clientAddress,
        String backendType,
        Optional<String> state,
        Optional<String> waitEventType,
        Optional<String> waitEvent,
        Optional<Duration> connectionAge,
        Optional<Duration> transactionAge,
        Optional<Duration> queryAge,
        Optional<Duration> stateAge,
        OptionalLong xidAge,
        OptionalLong xminAge,
        OptionalLong queryId,
        String query,
        List<Integer> blockedBy) {

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW
    // pg_blocking_pids() takes the lock manager's locks: asked only for those that wait for one.
    public static final Query<ActivityFact> QUERY =
            Query.of(
                    ActivityFact.class,
                    """
                    SELECT pid, datname AS database, usename AS role,
                           coalesce(application_name, '') AS application,
                           host(client_addr) AS client_address,
                           coalesce(backend_type, 'unknown') AS backend_type,
                           state, wait_event_type, wait_event,
                           extract(epoch FROM clock_timestamp() - backend_start) AS connection_age,
                           extract(epoch FROM clock_timestamp() - xact_start) AS transaction_age,
                           extract(epoch FROM clock_timestamp() - query_start) AS query_age,
                           extract(epoch FROM clock_timestamp() - state_change) AS state_age,
                           age(backend_xid) AS xid_age, age(backend_xmin) AS xmin_age,
                           query_id, coalesce(left(query, 1000), '') AS query,
                           CASE WHEN wait_event_type = 'Lock' THEN pg_blocking_pids(pid) ELSE '{}' END AS blocked_by
                      FROM pg_catalog.pg_stat_activity
                     WHERE pid <> pg_catalog.pg_backend_pid()
                     ORDER BY pid
                    """);

    public boolean isClient() {
        return backendType.equals("client backend");
    }

    /** Between statements of an open transaction, failed ones too. */
    public boolean isIdleInTransaction() {
        return state.map(text -> text.startsWith("idle in transaction")).orElse(false);
    }

    /** A vacuum that autovacuum started because of the age of transaction or multixact numbers. */
    public boolean isWraparoundVacuum() {
        return query.endsWith("(to prevent wraparound)");
    }
}
