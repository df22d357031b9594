package org.howdah.workload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a load measured; as JSON it is its components, part of what {@code howdah tour --json}
 * prints.
 *
 * @param mode {@code open} or {@code closed} loop
 * @param startedAt when the measurement began, after the warm-up
 * @param seconds that it lasted
 * @param offeredPerSecond the rate that was asked for; 0 in a closed loop
 * @param throughputPerSecond requests answered within the measurement, by its length
 * @param unserved requests that were due but not answered when the grace was over; they are in the
 *     response times with the time that they had waited until then, so these are lower bounds
 * @param maxQueue most requests that were due and waited for a connection at once
 * @param cancelled the load was stopped before its end
 * @param service times from sending to answer
 * @param response times from when the request was due to its answer; in a closed loop the same
 * @param errors by SQLSTATE
 * @param series whole seconds of the measurement
 */
public record LoadResult(
        String workload,
        String mode,
        Instant startedAt,
        double seconds,
        long seed,
        int connections,
        double offeredPerSecond,
        double throughputPerSecond,
        long unserved,
        long maxQueue,
        boolean cancelled,
        Latency service,
        Latency response,
        Map<String, Long> errors,
        List<StatementResult> statements,
        List<Second> series) {

    /** One transaction's share of the load. */
    public record StatementResult(
            String name,
            Transaction.Kind kind,
            Latency service,
            Latency response,
            Map<String, Long> errors) {
        public StatementResult {
            errors = new TreeMap<>(errors);
        }
    }

    /**
     * What ended in one second, response times.
     *
     * @param second since the measurement began, from 0
     * @param queue requests due but not sent at its end
     */
    public record Second(
            int second,
            long completed,
            long errors,
            long queue,
            long p50Micros,
            long p95Micros,
            long p99Micros,
            long maxMicros) {}

    public LoadResult {
        errors = new TreeMap<>(errors);
        statements = List.copyOf(statements);
        series = List.copyOf(series);
    }

    /** How often each transaction was answered within the histograms, by its name. */
    public SortedMap<String, Long> calls() {
        SortedMap<String, Long> calls = new TreeMap<>();
        statements.forEach(each -> calls.put(each.name(), each.service().count()));
        return calls;
    }
}
