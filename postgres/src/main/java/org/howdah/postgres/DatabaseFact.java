package org.howdah.postgres;

import java.time.Instant;
import java.util.Optional;

/**
 * The database as a whole.
 *
 * @param statsReset when its counters began at zero; none where they were never reset, and so are
 *     as old as the database, at a time that nobody knows
 * @param serverStarted counters survive a clean restart but not a crash
 * @param now the server's own clock
 */
public record DatabaseFact(
        String name,
        Optional<Instant> statsReset,
        Instant serverStarted,
        Instant now,
        long xidAge,
        long multixactAge,
        long conflicts) {

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW
    static final Query<DatabaseFact> QUERY =
            Query.of(
                    DatabaseFact.class,
                    """
                    SELECT d.datname AS name,
                           pg_catalog.pg_stat_get_db_stat_reset_time(d.oid) AS stats_reset,
                           pg_catalog.pg_postmaster_start_time() AS server_started,
                           pg_catalog.clock_timestamp() AS now,
                           pg_catalog.age(d.datfrozenxid) AS xid_age,
                           pg_catalog.mxid_age(d.datminmxid) AS multixact_age,
                           pg_catalog.pg_stat_get_db_conflict_all(d.oid) AS conflicts
                      FROM pg_catalog.pg_database d
                     WHERE d.datname = pg_catalog.current_database()
                    """);
}
