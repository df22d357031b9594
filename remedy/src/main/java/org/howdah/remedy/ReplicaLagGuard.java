package org.howdah.remedy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.howdah.postgres.Facts;
import org.howdah.postgres.Query;

/** Not while readers are far behind: what a remedy writes would put them further behind. */
record ReplicaLagGuard(Duration maxLag, long maxLagBytes) implements Guard {
    private record Reader(
            String name, Optional<String> state, OptionalDouble bytes, OptionalDouble seconds) {}

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW
    private static final Query<Reader> QUERY =
            Query.of(
                            Reader.class,
                            """
                            SELECT coalesce(nullif(application_name, ''), pid::text) AS name,
                                   state,
                                   pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), replay_lsn)::float8 AS bytes,
                                   pg_catalog.date_part('epoch', replay_lag) AS seconds
                              FROM pg_catalog.pg_stat_replication
                             WHERE state IS DISTINCT FROM 'backup'
                            """)
                    .needing("GRANT pg_monitor TO {role}");

    private static final String AURORA =
            "SELECT pg_catalog.to_regproc('pg_catalog.aurora_version') IS NOT NULL";

    @Override
    public String name() {
        return "replica-lag";
    }

    @Override
    public GuardReading look(GuardScene scene) {
        if (scene.session().one(AURORA, row -> row.getBoolean(1))) {
            return unknown("Aurora does not show its readers in pg_stat_replication");
        }
        return switch (scene.session().facts(QUERY)) {
            case Facts.Unknown<Reader> unknown -> unknown(unknown);
            case Facts.Known<Reader> known -> judge(known.rows());
        };
    }

    private GuardReading judge(List<Reader> readers) {
        for (Reader reader : readers) {
            if (reader.bytes().orElse(0) > maxLagBytes
                    || reader.seconds().orElse(0) > maxLag.toMillis() / 1e3) {
                return later(
                        "reader %s is %,.0f bytes and %.1f s behind, at most %,d bytes and %d s are allowed"
                                .formatted(
                                        reader.name(),
                                        reader.bytes().orElse(0),
                                        reader.seconds().orElse(0),
                                        maxLagBytes,
                                        maxLag.toSeconds()));
            }
        }
        if (readers.stream().anyMatch(reader -> reader.state().isEmpty())) {
            return unknown(
                    "the lag of the readers cannot be seen (it would take: GRANT pg_monitor)");
        }
        return pass(
                readers.isEmpty()
                        ? "there are no readers"
                        : "none of %d readers is too far behind".formatted(readers.size()));
    }

    @Override
    public boolean holdsWhileRunning() {
        return true;
    }
}
