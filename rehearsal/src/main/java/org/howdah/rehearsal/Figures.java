package org.howdah.rehearsal;

import java.util.List;
import org.howdah.report.Units;
import org.howdah.workload.LoadResult;
import org.howdah.workload.Probe;

/** Judges a tour: every goal, and whether what was measured before and after reaches it. */
final class Figures {
    static final double TIMES_FASTER = 55;
    static final double P95_TIMES_LESS = 10;
    static final double P95_AFTER_MICROS = 100_000;
    static final double TIMES_THROUGHPUT = 5;
    static final double INDEXED_ACCESSES = 0.95;
    static final double DEAD_BEFORE = 0.45;
    static final double DEAD_AFTER = 0.08;
    static final double CACHE_HIT = 0.95;
    static final double INDEX_HIT = 0.99;

    private Figures() {}

    static List<Figure> of(Measurement before, Measurement after) {
        return List.of(
                slowest(before, after),
                p95(before.open(), after.open()),
                throughput(before.closed(), after.closed()),
                atLeast(
                        "table accesses by index (plan nodes × calls)",
                        before.indexedAccesses(),
                        after.indexedAccesses(),
                        INDEXED_ACCESSES),
                dead(before, after),
                atLeast(
                        "cache hit ratio",
                        before.cacheHitRatio(),
                        after.cacheHitRatio(),
                        CACHE_HIT),
                atLeast(
                        "index hit ratio",
                        before.indexHitRatio(),
                        after.indexHitRatio(),
                        INDEX_HIT));
    }

    /** The statement that was slowest before, and what it takes after. */
    private static Figure slowest(Measurement before, Measurement after) {
        Probe.Timing slow = Probe.slowest(before.timings());
        double now = after.timing(slow.name()).meanMicros();
        double times = slow.meanMicros() / now;
        return new Figure(
                "slowest statement, mean (" + slow.name() + ")",
                micros(slow.meanMicros()),
                micros(now),
                Units.times(times) + " faster",
                "≥ " + Math.round(TIMES_FASTER) + "× faster",
                times >= TIMES_FASTER);
    }

    private static Figure p95(LoadResult before, LoadResult after) {
        double was = before.response().p95Micros();
        double is = after.response().p95Micros();
        double times = was / Math.max(1, is);
        boolean drained = after.unserved() == 0 && after.errors().isEmpty();
        return new Figure(
                "p95 at %.1f requests/s".formatted(after.offeredPerSecond()),
                micros(was),
                micros(is),
                Units.times(times) + " less",
                "< 100 ms and ≥ 10× less",
                drained && is < P95_AFTER_MICROS && times >= P95_TIMES_LESS);
    }

    private static Figure throughput(LoadResult before, LoadResult after) {
        double times = after.throughputPerSecond() / before.throughputPerSecond();
        return new Figure(
                "closed-loop throughput, %d clients".formatted(after.connections()),
                Units.perSecond(before.throughputPerSecond()),
                Units.perSecond(after.throughputPerSecond()),
                Units.times(times) + " more",
                "≥ 5× more",
                times >= TIMES_THROUGHPUT);
    }

    private static Figure dead(Measurement before, Measurement after) {
        return new Figure(
                "dead rows in high-churn tables",
                Units.percent(before.deadRows()),
                Units.percent(after.deadRows()),
                "",
                "≥ 45 % → ≤ 8 %",
                before.deadRows() >= DEAD_BEFORE && after.deadRows() <= DEAD_AFTER);
    }

    private static Figure atLeast(String measure, double before, double after, double goal) {
        return new Figure(
                measure,
                Units.percent(before),
                Units.percent(after),
                "",
                "≥ " + Units.percent(goal),
                after >= goal);
    }

    private static String micros(double micros) {
        return Units.seconds(micros / 1e6);
    }
}
