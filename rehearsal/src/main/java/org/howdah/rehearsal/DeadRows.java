package org.howdah.rehearsal;

import java.util.List;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/** Live and dead rows of some tables together, as the server counts them. */
record DeadRows(long live, long dead) {
    private static final Query<DeadRows> QUERY =
            Query.of(
                    DeadRows.class,
                    """
                    SELECT coalesce(pg_catalog.sum(n_live_tup), 0)::bigint AS live,
                           coalesce(pg_catalog.sum(n_dead_tup), 0)::bigint AS dead
                      FROM pg_catalog.pg_stat_user_tables
                     WHERE schemaname = ? AND relname = ANY (?)
                    """);

    static DeadRows read(Session session, String schema, List<String> tables) {
        return session.query(QUERY, schema, tables.toArray(String[]::new)).getFirst();
    }

    /** 0 to 1. */
    double share() {
        return live + dead == 0 ? 0 : (double) dead / (live + dead);
    }
}
