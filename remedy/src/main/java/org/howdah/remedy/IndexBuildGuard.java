package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.Facts;
import org.howdah.postgres.Query;

/** Not while somebody builds an index on the same table. */
record IndexBuildGuard() implements Guard {
    private record Build(int pid, String phase) {}

    // https://www.postgresql.org/docs/current/progress-reporting.html#CREATE-INDEX-PROGRESS-REPORTING
    private static final Query<Build> QUERY =
            Query.of(
                    Build.class,
                    """
                    SELECT pid, phase
                      FROM pg_catalog.pg_stat_progress_create_index
                     WHERE datname = pg_catalog.current_database() AND pid <> ?
                       AND relid IN (SELECT relid FROM pg_catalog.pg_partition_tree(?::bigint::oid::regclass)
                                     UNION SELECT ?::bigint::oid)
                    """);

    @Override
    public String name() {
        return "index-build";
    }

    @Override
    public GuardReading look(GuardScene scene) {
        if (scene.table().isEmpty()) {
            return pass("it concerns no table");
        }
        long table = scene.table().getAsLong();
        return switch (scene.session().facts(QUERY, scene.ownPid(), table, table)) {
            case Facts.Unknown<Build> unknown -> unknown(unknown);
            case Facts.Known<Build> known -> judge(known.rows());
        };
    }

    private GuardReading judge(List<Build> builds) {
        return builds.isEmpty()
                ? pass("nobody builds an index on the table")
                : later(
                        "process %d builds an index on the table (%s)"
                                .formatted(builds.getFirst().pid(), builds.getFirst().phase()));
    }

    @Override
    public boolean holdsWhileRunning() {
        return false;
    }
}
