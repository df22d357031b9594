package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/** Who holds locks on a table. */
final class LockHolders {
    private record Holder(String description) {}

    private static final Query<Holder> QUERY =
            Query.of(
                    Holder.class,
                    """
                    SELECT pg_catalog.format('%s holds %s', coalesce(pg_catalog.format('process %s (%s, %s, %s)', a.pid, a.usename,
                                  coalesce(nullif(a.application_name, ''), 'no application name'), a.state),
                                  'a prepared transaction'), l.mode) AS description
                      FROM pg_catalog.pg_locks l
                      LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
                     WHERE l.relation = pg_catalog.to_regclass(?) AND l.granted
                       AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
                     ORDER BY l.mode LIKE 'Access%' OR l.mode LIKE 'Exclusive%' DESC, a.xact_start
                     LIMIT 3
                    """);

    private LockHolders() {}

    static Optional<String> of(Session session, String table) {
        List<String> holders =
                session.query(QUERY, table).stream().map(Holder::description).toList();
        return holders.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", holders));
    }
}
