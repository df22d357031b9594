package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.Facts;
import org.howdah.postgres.Query;

/**
 * Not on a table that autovacuum is saving from wraparound: that vacuum does not give way, so a
 * remedy would wait for it and everybody else behind the remedy.
 */
record WraparoundGuard() implements Guard {
    private record Worker(int pid) {}

    private static final Query<Worker> QUERY =
            Query.of(
                            Worker.class,
                            """
                            SELECT a.pid
                              FROM pg_catalog.pg_stat_activity a
                              JOIN pg_catalog.pg_stat_progress_vacuum v ON v.pid = a.pid
                             WHERE a.backend_type = 'autovacuum worker'
                               AND a.query LIKE '%(to prevent wraparound)%'
                               AND v.relid IN (SELECT relid FROM pg_catalog.pg_partition_tree(?::bigint::oid::regclass)
                                               UNION SELECT ?::bigint::oid)
                               AND v.datname = pg_catalog.current_database()
                            """)
                    .needing("GRANT pg_monitor TO {role}");

    @Override
    public String name() {
        return "wraparound";
    }

    @Override
    public GuardReading look(GuardScene scene) {
        if (scene.table().isEmpty()) {
            return pass("it concerns no table");
        }
        long table = scene.table().getAsLong();
        return switch (scene.session().facts(QUERY, table, table)) {
            case Facts.Unknown<Worker> unknown -> unknown(unknown);
            case Facts.Known<Worker> known -> judge(known.rows());
        };
    }

    private GuardReading judge(List<Worker> workers) {
        return workers.isEmpty()
                ? pass("no anti-wraparound vacuum runs on the table")
                : later(
                        "the autovacuum worker %d saves the table from wraparound"
                                .formatted(workers.getFirst().pid()));
    }

    @Override
    public boolean holdsWhileRunning() {
        return false;
    }
}
