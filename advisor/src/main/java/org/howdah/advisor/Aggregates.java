package org.howdah.advisor;

import java.util.List;
import java.util.Set;
import org.howdah.advisor.QueryBlock.Trait;

/** Which functions fold rows together. */
final class Aggregates {
    // https://www.postgresql.org/docs/current/functions-aggregate.html
    private static final Set<String> NAMES =
            Set.of(
                    "any_value",
                    "array_agg",
                    "avg",
                    "bit_and",
                    "bit_or",
                    "bool_and",
                    "bool_or",
                    "count",
                    "every",
                    "json_agg",
                    "json_arrayagg",
                    "json_object_agg",
                    "jsonb_agg",
                    "jsonb_object_agg",
                    "max",
                    "min",
                    "mode",
                    "percentile_cont",
                    "percentile_disc",
                    "range_agg",
                    "stddev",
                    "stddev_pop",
                    "stddev_samp",
                    "string_agg",
                    "sum",
                    "var_pop",
                    "var_samp",
                    "variance",
                    "xmlagg");

    private Aggregates() {}

    static boolean aggregates(Expression expression) {
        return expression instanceof Expression.Call call
                && !call.window()
                && NAMES.contains(call.name());
    }

    static void traits(List<QueryBlock.Output> outputs, Set<Trait> traits) {
        for (QueryBlock.Output output : outputs) {
            output.expression()
                    .all()
                    .forEach(part -> {
                        if (aggregates(part)) {
                            traits.add(Trait.AGGREGATES);
                        } else if (part instanceof Expression.Call call && call.window()) {
                            traits.add(Trait.WINDOWS);
                        }
                    });
        }
    }
}
