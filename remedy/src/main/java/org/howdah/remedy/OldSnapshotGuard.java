package org.howdah.remedy;

import java.time.Duration;
import org.howdah.postgres.Facts;
import org.howdah.postgres.Query;

/**
 * Concurrent index work waits for every older transaction of the database that has a snapshot or a
 * lock on the table, however long that takes: better not to begin behind an old one.
 *
 * <p>https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
record OldSnapshotGuard(Duration oldest) implements Guard {
    private record Old(String culprit, double seconds) {}

    private record Hidden(long sessions) {}

    // A vacuum never makes others wait.
    private static final Query<Old> QUERY =
            Query.of(
                            Old.class,
                            """
                            WITH tree AS MATERIALIZED (
                                SELECT relid::oid FROM pg_catalog.pg_partition_tree(?::bigint::oid::regclass)
                                 UNION SELECT ?::bigint::oid
                            )
                            SELECT pg_catalog.format('process %s (%s, %s, %s)', a.pid, a.usename,
                                          coalesce(nullif(a.application_name, ''), 'no application name'), a.state) AS culprit,
                                   pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.xact_start) AS seconds
                              FROM pg_catalog.pg_stat_activity a
                             WHERE a.datname = pg_catalog.current_database()
                               AND a.pid NOT IN (?, pg_catalog.pg_backend_pid())
                               AND a.backend_type IN ('client backend', 'parallel worker', 'background worker')
                               AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_vacuum v WHERE v.pid = a.pid)
                               AND (a.backend_xmin IS NOT NULL
                                    OR EXISTS (SELECT FROM pg_catalog.pg_locks l
                                                WHERE l.pid = a.pid AND l.granted AND l.relation IN (SELECT relid FROM tree)
                                                  AND l.database = (SELECT oid FROM pg_catalog.pg_database
                                                                     WHERE datname = pg_catalog.current_database())))
                             UNION ALL
                            SELECT pg_catalog.format('prepared transaction %L of %s', p.gid, p.owner),
                                   pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - p.prepared)
                              FROM pg_catalog.pg_prepared_xacts p
                             WHERE p.database = pg_catalog.current_database()
                               AND EXISTS (SELECT FROM pg_catalog.pg_locks own
                                             JOIN pg_catalog.pg_locks l ON l.virtualtransaction = own.virtualtransaction
                                            WHERE own.transactionid = p.transaction AND own.granted AND own.pid IS NULL
                                              AND l.pid IS NULL AND l.relation IN (SELECT relid FROM tree))
                             ORDER BY seconds DESC
                             LIMIT 1
                            """)
                    .needing("GRANT pg_monitor TO {role}");

    private static final Query<Hidden> HIDDEN =
            Query.of(
                    Hidden.class,
                    """
                    SELECT pg_catalog.count(*) AS sessions
                      FROM pg_catalog.pg_stat_activity
                     WHERE query = '<insufficient privilege>' AND datname = pg_catalog.current_database()
                    """);

    @Override
    public String name() {
        return "old-snapshot";
    }

    @Override
    public GuardReading look(GuardScene scene) {
        if (!scene.work().concurrentIndex()) {
            return pass("it does not wait for older transactions");
        }
        long table = scene.tableOrZero();
        return switch (scene.session().facts(QUERY, table, table, scene.ownPid())) {
            case Facts.Unknown<Old> unknown -> unknown(unknown);
            case Facts.Known<Old> known ->
                    known.rows().stream()
                            .filter(old -> old.seconds() > oldest.toMillis() / 1e3)
                            .findFirst()
                            .map(this::behind)
                            .orElseGet(() -> visible(scene));
        };
    }

    private GuardReading behind(Old old) {
        return later(
                "it would wait for %s, whose transaction is %.0f s old; at most %d s are allowed"
                        .formatted(old.culprit(), old.seconds(), oldest.toSeconds()));
    }

    private GuardReading visible(GuardScene scene) {
        long hidden =
                scene.session().facts(HIDDEN).orNone().stream().mapToLong(Hidden::sessions).sum();
        return hidden == 0
                ? pass("no transaction is older than %d s".formatted(oldest.toSeconds()))
                : unknown(
                        "the transactions of %d sessions cannot be seen (it would take: GRANT pg_monitor)"
                                .formatted(hidden));
    }

    @Override
    public boolean holdsWhileRunning() {
        return false;
    }
}
