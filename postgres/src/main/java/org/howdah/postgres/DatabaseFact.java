package org.howdah.postgres;

import java.time.Instant;
import java.util.Optional;

/**
 * The database as a whole.
 *
 * @param statsReset when its counters began at zero; none where they were never reset, and so are
 *     as old as the database, at a time that nobody knows
 * @param serverStarted counters survive a clean restart but not a crash
 * @param serverStatsReset when the counters of the background writer began at zero, which they do
 *     whenever the server throws all counters away: it does so in each recovery from a crash, also
 *     in one after the crash of a single session, which leaves the server's start as it was
 * @param now the server's own clock
 */
public record DatabaseFact(
        String name,
        Optional<Instant> statsReset,
        Instant serverStarted,
        Optional<Instant> serverStatsReset,
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
                           pg_catalog.pg_stat_get_bgwriter_stat_reset_time() AS server_stats_reset,
                           pg_catalog.clock_timestamp() AS now,
                           pg_catalog.age(d.datfrozenxid) AS xid_age,
                           pg_catalog.mxid_age(d.datminmxid) AS multixact_age,
                           pg_catalog.pg_stat_get_db_conflict_all(d.oid) AS conflicts
                      FROM pg_catalog.pg_database d
                     WHERE d.datname = pg_catalog.current_database()
                    """);

    /** Since when its counters have counted without a break, at the latest. */
    public Instant countedSince() {
        Instant own = statsReset.orElse(serverStarted);
        return serverStatsReset.filter(own::isBefore).orElse(own);
    }
}
