package org.howdah.remedy;

import java.util.OptionalInt;
import org.howdah.postgres.Facts;
import org.howdah.postgres.Query;

/** Not while the server is busy with its users. */
record LoadGuard(OptionalInt maxActiveSessions) implements Guard {
    private static final double SHARE_OF_CONNECTIONS = 0.8;

    private record Load(long active, long hidden, long maxConnections) {}

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW
    private static final Query<Load> QUERY =
            Query.of(
                            Load.class,
                            """
                            SELECT pg_catalog.count(*) FILTER (WHERE state = 'active' AND backend_type = 'client backend') AS active,
                                   pg_catalog.count(*) FILTER (WHERE query = '<insufficient privilege>') AS hidden,
                                   pg_catalog.current_setting('max_connections')::bigint AS max_connections
                              FROM pg_catalog.pg_stat_activity
                             WHERE application_name <> 'howdah/remedy'
                            """)
                    .needing("GRANT pg_monitor TO {role}");

    @Override
    public String name() {
        return "load";
    }

    @Override
    public GuardReading look(GuardScene scene) {
        return switch (scene.session().facts(QUERY)) {
            case Facts.Unknown<Load> unknown -> unknown(unknown);
            case Facts.Known<Load> known -> judge(known.rows().getFirst());
        };
    }

    private GuardReading judge(Load load) {
        long limit = maxActiveSessions.orElse((int) (load.maxConnections() * SHARE_OF_CONNECTIONS));
        String sentence = "%d sessions are busy, at most %d may be".formatted(load.active(), limit);
        if (load.active() > limit) {
            return later(sentence);
        }
        return load.hidden() == 0
                ? pass(sentence)
                : unknown(
                        "%d sessions cannot be seen (it would take: GRANT pg_monitor)"
                                .formatted(load.hidden()));
    }

    @Override
    public boolean holdsWhileRunning() {
        return true;
    }
}
