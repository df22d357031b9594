package org.howdah.rehearsal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.report.Progress;
import org.howdah.workload.AccessPaths;
import org.howdah.workload.ConnectionSource;
import org.howdah.workload.Faults;
import org.howdah.workload.LoadDriver;
import org.howdah.workload.LoadPlan;
import org.howdah.workload.LoadResult;
import org.howdah.workload.Probe;
import org.howdah.workload.Workload;

/** Measures the tour's cluster in the same way before and after it is mended. */
final class Measuring {
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final int PLANS_A_STATEMENT = 5;

    private final TourCluster cluster;
    private final Workload workload;
    private final TourOptions options;
    private final InstantSource clock;

    Measuring(TourCluster cluster, Workload workload, TourOptions options, InstantSource clock) {
        this.cluster = cluster;
        this.workload = workload;
        this.options = options;
        this.clock = clock;
    }

    /**
     * @param ratePerSecond of the open loop; none for half of what the closed loop reaches
     */
    Measurement run(OptionalDouble ratePerSecond, Progress progress) {
        ConnectionSource writer = ConnectionSource.of(cluster.writer());
        List<Probe.Timing> timings =
                new Probe(workload, cluster.population(), cluster.names(), options.seed())
                        .run(options.probes(), writer, cluster.reader(), progress);
        Counters start = counters();
        LoadResult closed =
                drive(
                        LoadPlan.closedLoop(options.clients(), WARM_UP, options.closedLoop()),
                        progress);
        double rate = ratePerSecond.orElse(closed.throughputPerSecond() / 2);
        LoadResult open =
                drive(
                        LoadPlan.openLoop(rate, options.clients(), WARM_UP, options.openLoop()),
                        progress);
        Counters during = counters().since(start);
        return new Measurement(
                timings,
                closed,
                open,
                indexedAccesses(calls(closed, open)),
                during.indexScanShare(),
                deadRows(),
                during.cacheHitRatio(),
                during.indexHitRatio());
    }

    private LoadResult drive(LoadPlan plan, Progress progress) {
        LoadDriver driver =
                new LoadDriver(
                        workload,
                        cluster.population(),
                        cluster.names(),
                        ConnectionSource.of(cluster.writer()),
                        cluster.readers().stream().map(ConnectionSource::of).toList(),
                        clock);
        return driver.run(plan.withSeed(options.seed()), progress);
    }

    private double indexedAccesses(Map<String, Long> calls) {
        AccessPaths paths =
                new AccessPaths(workload, cluster.population(), cluster.names(), options.seed());
        return AccessPaths.indexShare(
                paths.explain(
                        PLANS_A_STATEMENT, ConnectionSource.of(cluster.writer()), cluster.reader()),
                calls);
    }

    private static Map<String, Long> calls(LoadResult closed, LoadResult open) {
        Map<String, Long> calls = new TreeMap<>(closed.calls());
        open.calls().forEach((statement, count) -> calls.merge(statement, count, Long::sum));
        return calls;
    }

    /** Of all nodes together: reports run on readers. */
    private Counters counters() {
        Counters all = Counters.NONE;
        for (Dsn node : cluster.nodes()) {
            try (Session session = Session.open(node, SessionOptions.reading("rehearsal"))) {
                all = all.plus(Counters.read(session));
            }
        }
        return all;
    }

    private double deadRows() {
        try (Session session = session()) {
            return DeadRows.read(
                            session,
                            cluster.names().schema(),
                            Faults.highChurnTables(cluster.names()))
                    .share();
        }
    }

    private Session session() {
        return Session.open(cluster.writer(), SessionOptions.reading("rehearsal"));
    }
}
