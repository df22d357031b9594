package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/** What the server process that runs a remedy is doing, as another session sees it. */
final class BackendWatch {
    /**
     * @param waitsFor {@code relation}, {@code virtualxid} ...: the kind of lock it waits for now
     */
    record Activity(Optional<String> waitsFor, List<Integer> blockedBy) {}

    /** How far a statement has come; total is 0 where the server does not know. */
    record Progress(String phase, double done, double total) {
        OptionalDouble share() {
            return total > 0
                    ? OptionalDouble.of(Math.min(1, done / total))
                    : OptionalDouble.empty();
        }
    }

    private record Culprit(String description) {}

    private static final Query<Activity> ACTIVITY =
            Query.of(
                    Activity.class,
                    """
                    SELECT CASE wait_event_type WHEN 'Lock' THEN wait_event END AS waits_for,
                           CASE wait_event_type WHEN 'Lock' THEN pg_catalog.pg_blocking_pids(pid) END AS blocked_by
                      FROM pg_catalog.pg_stat_activity
                     WHERE pid = ?
                    """);

    // https://www.postgresql.org/docs/current/progress-reporting.html
    private static final Query<Progress> PROGRESS =
            Query.of(
                    Progress.class,
                    """
                    SELECT phase,
                           (CASE WHEN tuples_total > 0 THEN tuples_done
                                 WHEN blocks_total > 0 THEN blocks_done ELSE lockers_done END)::float8 AS done,
                           (CASE WHEN tuples_total > 0 THEN tuples_total
                                 WHEN blocks_total > 0 THEN blocks_total ELSE lockers_total END)::float8 AS total
                      FROM pg_catalog.pg_stat_progress_create_index WHERE pid = ?
                     UNION ALL
                    SELECT phase, heap_blks_scanned::float8, heap_blks_total::float8
                      FROM pg_catalog.pg_stat_progress_vacuum WHERE pid = ?
                     UNION ALL
                    SELECT phase, sample_blks_scanned::float8, sample_blks_total::float8
                      FROM pg_catalog.pg_stat_progress_analyze WHERE pid = ?
                    """);

    private static final Query<Culprit> CULPRIT =
            Query.of(
                    Culprit.class,
                    """
                    SELECT pg_catalog.format('process %s (%s, %s, %s)', pid, usename,
                                  coalesce(nullif(application_name, ''), 'no application name'), state) AS description
                      FROM pg_catalog.pg_stat_activity
                     WHERE pid = ANY (pg_catalog.string_to_array(?, ',')::int[])
                     ORDER BY xact_start
                    """);

    private final Session session;
    private final int backendPid;

    BackendWatch(Session session, int backendPid) {
        this.session = session;
        this.backendPid = backendPid;
    }

    Activity activity() {
        return session.query(ACTIVITY, backendPid).stream()
                .findFirst()
                .orElse(new Activity(Optional.empty(), List.of()));
    }

    Optional<Progress> progress() {
        return session.query(PROGRESS, backendPid, backendPid, backendPid).stream().findFirst();
    }

    /** Who keeps it waiting, in words. */
    String culprits(List<Integer> pids) {
        String list = String.join(",", pids.stream().map(String::valueOf).toList());
        List<String> known =
                session.query(CULPRIT, list).stream().map(Culprit::description).toList();
        return known.isEmpty() ? "others" : String.join(", ", known);
    }
}
