package org.howdah.advisor;

import java.util.HashMap;
import java.util.Map;
import org.howdah.postgres.Session;

/**
 * The planner's own prices as they are in force in a session.
 *
 * <p>https://www.postgresql.org/docs/current/runtime-config-query.html#RUNTIME-CONFIG-QUERY-CONSTANTS
 */
record CostConstants(
        double sequentialPage,
        double randomPage,
        double tuple,
        double indexTuple,
        double operator) {

    static CostConstants read(Session session) {
        Map<String, Double> settings = new HashMap<>();
        session.query(
                """
                SELECT name, setting::float8
                  FROM pg_catalog.pg_settings
                 WHERE name IN ('seq_page_cost', 'random_page_cost', 'cpu_tuple_cost',
                                'cpu_index_tuple_cost', 'cpu_operator_cost')
                """,
                row -> settings.put(row.getString(1), row.getDouble(2)) == null);
        return new CostConstants(
                settings.getOrDefault("seq_page_cost", 1.0),
                settings.getOrDefault("random_page_cost", 4.0),
                settings.getOrDefault("cpu_tuple_cost", 0.01),
                settings.getOrDefault("cpu_index_tuple_cost", 0.005),
                settings.getOrDefault("cpu_operator_cost", 0.0025));
    }
}
