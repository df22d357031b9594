package org.howdah.check;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.howdah.postgres.RelationFact;

/**
 * Per-table settings under which dead rows stay below a share of all rows, derived from the
 * measured rate at which the table makes them.
 *
 * <p>Dead rows are at their most when a vacuum ends: {@code D = T + r (n + v)}, the threshold
 * {@code T} at which it becomes due, plus what dies at rate {@code r} while it waits for the next
 * look at the database ({@code n}, autovacuum_naptime) and while it runs ({@code v}). With a wanted
 * peak share {@code p} of {@code N} live rows, {@code D = N p / (1 - p)}, hence {@code T = N p / (1
 * - p) - r (n + v)}, and {@code scale_factor = (T - threshold) / N}.
 *
 * <p>The cost model gives {@code v}: each page may cost a read ({@code vacuum_cost_page_miss}) and
 * a write ({@code vacuum_cost_page_dirty}), and a worker sleeps {@code cost_delay} after each
 * {@code cost_limit} of it. Where {@code r (n + v)} would eat more than half of {@code D}, the cost
 * limit is raised until a vacuum's share is a quarter of it.
 *
 * <p>https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM,
 * https://www.postgresql.org/docs/current/runtime-config-vacuum.html#RUNTIME-CONFIG-RESOURCE-VACUUM-COST
 */
final class AutovacuumTuning {
    /**
     * The middle of the 5 to 8 % that a high-churn table should stay under, a little to the safe
     * side.
     */
    static final double PEAK_DEAD_SHARE = 0.06;

    /** A vacuum of fewer dead rows is not worth the worker. */
    private static final double LEAST_THRESHOLD = 50;

    /** Finer steps mean nothing; coarser ones are too much for a table of a billion rows. */
    private static final double LEAST_SCALE_FACTOR = 0.001;

    /** The largest value that the option takes. */
    private static final double LARGEST_COST_LIMIT = 10_000;

    private AutovacuumTuning() {}

    /** Options for {@code ALTER TABLE ... SET}; only those that differ from what holds now. */
    static Map<String, String> options(RelationFact table, AutovacuumRules rules, Churn churn) {
        double rows = Math.max(table.rows(), 1);
        double peak = rows * PEAK_DEAD_SHARE / (1 - PEAK_DEAD_SHARE);
        double costLimit = rules.costLimit(table);
        double whileWaiting = churn.perSecond() * rules.naptimeSeconds();
        double whileRunning = churn.perSecond() * vacuumSeconds(table, rules, costLimit);
        Map<String, String> options = new LinkedHashMap<>();
        if (whileWaiting + whileRunning > peak / 2 && whileRunning > peak / 4) {
            costLimit =
                    Math.min(
                            LARGEST_COST_LIMIT,
                            Math.ceil(costLimit * whileRunning / (peak / 4) / 100) * 100);
            whileRunning = churn.perSecond() * vacuumSeconds(table, rules, costLimit);
            options.put("autovacuum_vacuum_cost_limit", String.valueOf(Math.round(costLimit)));
        }
        double threshold = Math.max(LEAST_THRESHOLD, peak - whileWaiting - whileRunning);
        double scaleFactor = Math.max(LEAST_SCALE_FACTOR, (threshold - LEAST_THRESHOLD) / rows);
        options.put("autovacuum_vacuum_threshold", String.valueOf((long) LEAST_THRESHOLD));
        options.put(
                "autovacuum_vacuum_scale_factor",
                String.format(Locale.ROOT, "%.3f", Math.min(scaleFactor, PEAK_DEAD_SHARE)));
        options.entrySet()
                .removeIf(option -> option.getValue().equals(table.options().get(option.getKey())));
        return options;
    }

    /** How long the cost limit makes a vacuum of the heap last if it has to write every page. */
    static double vacuumSeconds(RelationFact table, AutovacuumRules rules, double costLimit) {
        double delaySeconds = rules.costDelayMilliseconds(table) / 1000;
        double cost = table.heapBytes() / 8192.0 * (rules.pageMissCost() + rules.pageDirtyCost());
        return cost / costLimit * delaySeconds;
    }
}
