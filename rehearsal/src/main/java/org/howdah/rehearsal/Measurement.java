package org.howdah.rehearsal;

import java.util.List;
import org.howdah.workload.LoadResult;
import org.howdah.workload.Probe;

/**
 * What was measured of the cluster in one shape, before or after it was mended.
 *
 * @param timings each statement by itself, the same values before and after
 * @param closed as fast as the clients get answers
 * @param open at the fixed rate
 * @param indexedAccesses table accesses that use an index, by all: nodes of each statement's plan
 *     times its calls, 0 to 1
 * @param indexScanShare the same by the server's raw counters, 0 to 1
 * @param deadRows share of dead rows in the high-churn tables when the load had ended, 0 to 1
 * @param cacheHitRatio while the loads ran, 0 to 1
 * @param indexHitRatio the same for index blocks, 0 to 1
 */
public record Measurement(
        List<Probe.Timing> timings,
        LoadResult closed,
        LoadResult open,
        double indexedAccesses,
        double indexScanShare,
        double deadRows,
        double cacheHitRatio,
        double indexHitRatio) {
    public Measurement {
        timings = List.copyOf(timings);
    }

    Probe.Timing timing(String statement) {
        return timings.stream()
                .filter(timing -> timing.name().equals(statement))
                .findFirst()
                .orElseThrow();
    }
}
