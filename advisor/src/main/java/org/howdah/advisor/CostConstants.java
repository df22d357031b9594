package org.howdah.advisor;

import java.util.Map;
import java.util.stream.Collectors;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.SettingFact;

/**
 * The planner's own prices as the server is set.
 *
 * <p>https://www.postgresql.org/docs/current/runtime-config-query.html#RUNTIME-CONFIG-QUERY-CONSTANTS
 */
record CostConstants(
        double sequentialPage,
        double randomPage,
        double tuple,
        double indexTuple,
        double operator) {
    static final CostConstants DEFAULTS = new CostConstants(1, 4, 0.01, 0.005, 0.0025);

    static CostConstants of(Catalog catalog) {
        Map<String, String> settings =
                catalog.server().settings().orNone().stream()
                        .collect(Collectors.toMap(SettingFact::name, SettingFact::value));
        return new CostConstants(
                number(settings, "seq_page_cost", DEFAULTS.sequentialPage),
                number(settings, "random_page_cost", DEFAULTS.randomPage),
                number(settings, "cpu_tuple_cost", DEFAULTS.tuple),
                number(settings, "cpu_index_tuple_cost", DEFAULTS.indexTuple),
                number(settings, "cpu_operator_cost", DEFAULTS.operator));
    }

    private static double number(Map<String, String> settings, String name, double otherwise) {
        return settings.containsKey(name) ? Double.parseDouble(settings.get(name)) : otherwise;
    }
}
