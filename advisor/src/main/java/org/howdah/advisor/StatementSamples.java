package org.howdah.advisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/**
 * Texts of statements as applications sent them, by query identifier: with the constants that
 * pg_stat_statements takes out. An index on an expression fits only with the very same constants.
 */
public record StatementSamples(Map<Long, Set<String>> texts) {
    /** More of one statement would say nothing new. */
    private static final int MOST_EACH = 5;

    private record Activity(long queryId, String query) {
        // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW
        // A text that fills its buffer was probably cut off.
        static final Query<Activity> QUERY =
                Query.of(
                        Activity.class,
                        """
                        SELECT a.query_id, a.query
                          FROM pg_catalog.pg_stat_activity a
                         WHERE a.datname = pg_catalog.current_database()
                           AND a.backend_type = 'client backend'
                           AND a.pid <> pg_catalog.pg_backend_pid()
                           AND a.query_id IS NOT NULL AND a.query_id <> 0
                           AND pg_catalog.octet_length(a.query)
                               < pg_catalog.pg_size_bytes(
                                     pg_catalog.current_setting('track_activity_query_size')) - 1
                        """);
    }

    public StatementSamples {
        Map<Long, Set<String>> copy = new LinkedHashMap<>();
        texts.forEach((id, some) -> copy.put(id, Set.copyOf(some)));
        texts = Map.copyOf(copy);
    }

    public static StatementSamples none() {
        return new StatementSamples(Map.of());
    }

    /** What the sessions of this database run now, or have run last. */
    public static StatementSamples read(Session session) {
        Map<Long, Set<String>> found = new LinkedHashMap<>();
        for (Activity activity : session.query(Activity.QUERY)) {
            found.computeIfAbsent(activity.queryId(), id -> new LinkedHashSet<>())
                    .add(activity.query());
        }
        return new StatementSamples(found);
    }

    public List<String> of(long queryId) {
        return List.copyOf(texts.getOrDefault(queryId, Set.of()));
    }

    /** Both; a few texts of each statement are kept. */
    public StatementSamples and(StatementSamples other) {
        Map<Long, Set<String>> all = new LinkedHashMap<>();
        for (StatementSamples samples : List.of(this, other)) {
            samples.texts.forEach((id, some) -> {
                Set<String> kept = all.computeIfAbsent(id, i -> new LinkedHashSet<>());
                for (String text : new ArrayList<>(some)) {
                    if (kept.size() < MOST_EACH) {
                        kept.add(text);
                    }
                }
            });
        }
        return new StatementSamples(all);
    }
}
