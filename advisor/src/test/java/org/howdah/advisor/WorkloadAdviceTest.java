package org.howdah.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.CreateIndex;
import org.howdah.remedy.Finding;
import org.howdah.report.Progress;
import org.howdah.workload.AccessPaths;
import org.howdah.workload.ConnectionSource;
import org.howdah.workload.LoadDriver;
import org.howdah.workload.LoadPlan;
import org.howdah.workload.LoadResult;
import org.howdah.workload.Loader;
import org.howdah.workload.Names;
import org.howdah.workload.Population;
import org.howdah.workload.Probe;
import org.howdah.workload.Workload;
import org.junit.jupiter.api.Test;

/** The whole workload on its tables without indexes, under names that nobody knows. */
class WorkloadAdviceTest {
    private static final double SCALE = Double.parseDouble(System.getProperty("scale", "0.05"));
    private static final long SEED = 3;
    private static final Names NAMES = Names.renamed(11);

    private final Population population = new Population(SCALE, 5, Instant.now());

    @Test
    void makesTheWorkloadQuickAndReachEveryTableByIndex() {
        ServerOptions options =
                ServerOptions.throwaway()
                        .withSetting("shared_buffers", "64MB")
                        // As in a neglected database: the advice must not be fooled by it.
                        .withSetting("work_mem", "64kB")
                        .withSetting("autovacuum", "off");
        try (TestServer server = TestServer.start(options)) {
            Dsn dsn = Dsn.of("127.0.0.1", server.port(), "postgres", "postgres");
            ConnectionSource source = ConnectionSource.of(dsn);
            new Loader(dsn, NAMES, population).load(Loader.Statistics.STALE, Progress.none());
            server.execute("ALTER SYSTEM SET random_page_cost = 40");
            server.execute("ALTER SYSTEM SET effective_cache_size = '8MB'");
            server.execute("SELECT pg_reload_conf()");
            Probe.Timing slowest = Probe.slowest(probe(source));
            LoadResult load;
            StatementSamples samples;
            try (StatementSampler sampler = StatementSampler.start(dsn)) {
                load = run(source);
                samples = sampler.samples();
            }
            try (Session session = Session.open(dsn, SessionOptions.reading("test"))) {
                List<Finding> findings =
                        new IndexAdvisor().advise(session, Catalog.read(session), samples);
                create(server, findings);
                server.execute("ALTER SYSTEM RESET ALL");
                server.execute("SELECT pg_reload_conf()");
                List<AccessPaths.Access> accesses =
                        new AccessPaths(Workload.mcp(), population, NAMES, SEED)
                                .explain(5, source, Optional.empty());
                double after =
                        probe(source).stream()
                                .filter(timing -> timing.name().equals(slowest.name()))
                                .mapToDouble(Probe.Timing::meanMicros)
                                .sum();
                String advice =
                        findings.stream().map(Finding::summary).collect(Collectors.joining("\n"));
                assertThat(AccessPaths.indexShare(accesses, load.calls()))
                        .as("accesses by index, with this advice:\n" + advice)
                        .isGreaterThan(0.95);
                assertThat(slowest.meanMicros())
                        .as(slowest.name() + " with this advice:\n" + advice)
                        .isGreaterThan(55 * after);
            }
        }
    }

    private LoadResult run(ConnectionSource source) {
        return new LoadDriver(
                        Workload.mcp(), population, NAMES, source, List.of(), Clock.systemUTC())
                .run(
                        LoadPlan.closedLoop(4, Duration.ofMillis(100), Duration.ofSeconds(5)),
                        Progress.none());
    }

    private static void create(TestServer server, List<Finding> findings) {
        for (CreateIndex index : Bench.indexes(findings)) {
            server.execute(
                    "CREATE INDEX %s ON %s %s"
                            .formatted(
                                    QualifiedName.quote(index.index().name()),
                                    index.table().sql(),
                                    index.definition()));
        }
        server.execute("VACUUM ANALYZE");
    }

    private List<Probe.Timing> probe(ConnectionSource source) {
        return new Probe(Workload.mcp(), population, NAMES, SEED)
                .run(3, source, Optional.empty(), Progress.none());
    }
}
