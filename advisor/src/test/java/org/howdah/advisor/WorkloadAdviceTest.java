package org.howdah.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final double SCALE = Double.parseDouble(System.getProperty("scale", "0.1"));
    private static final long SEED = 3;

    @Test
    void makesEachStatementOfTheWorkloadQuick() {
        try (TestServer server =
                TestServer.start(
                        ServerOptions.throwaway().withSetting("shared_buffers", "128MB"))) {
            Dsn dsn = Dsn.of("127.0.0.1", server.port(), "postgres", "postgres");
            Population population = new Population(SCALE, 5, Instant.now());
            Names names = Names.renamed(11);
            new Loader(dsn, names, population)
                    .load(Loader.Statistics.FRESH, Progress.none());
            ConnectionSource source = ConnectionSource.of(dsn);
            List<Probe.Timing> before = probe(population, names, source);
            LoadResult load;
            StatementSamples samples;
            try (StatementSampler sampler = StatementSampler.start(dsn)) {
                load =
                        new LoadDriver(
                                        Workload.mcp(),
                                        population,
                                        names,
                                        source,
                                        List.of(),
                                        Clock.systemUTC())
                                .run(
                                        LoadPlan.closedLoop(
                                                4, Duration.ofMillis(100), Duration.ofSeconds(5)),
                                        Progress.none());
                samples = sampler.samples();
            }
            try (Session session = Session.open(dsn, SessionOptions.reading("test"))) {
                long start = System.nanoTime();
                List<Finding> findings =
                        new IndexAdvisor().advise(session, Catalog.read(session), samples);
                System.out.println("ADV ms " + (System.nanoTime() - start) / 1000000);
                findings.forEach(f -> System.out.println("ADV " + f.severity() + " " + f.summary() + " " + f.measures()));
                for (CreateIndex index : Bench.indexes(findings)) {
                    start = System.nanoTime();
                    server.execute(
                            "CREATE INDEX %s ON %s %s"
                                    .formatted(
                                            QualifiedName.quote(index.index().name()),
                                            index.table().sql(),
                                            index.definition()));
                    System.out.println("ADV built " + index.index() + " " + (System.nanoTime() - start) / 1000000);
                }
                server.execute("VACUUM ANALYZE");
                List<Probe.Timing> after = probe(population, names, source);
                for (int i = 0; i < before.size(); i++) {
                    System.out.printf(
                            "ADV %-28s %10.2f ms %10.3f ms %8.1f x%n",
                            before.get(i).name(),
                            before.get(i).meanMicros() / 1e3,
                            after.get(i).meanMicros() / 1e3,
                            before.get(i).meanMicros() / after.get(i).meanMicros());
                }
                List<AccessPaths.Access> accesses =
                        new AccessPaths(Workload.mcp(), population, names, SEED)
                                .explain(8, source, Optional.empty());
                accesses.stream().filter(a -> !a.byIndex()).forEach(a -> System.out.println("ADV " + a));
                Map<String, Long> calls = load.calls();
                double share = AccessPaths.indexShare(accesses, weights(calls));
                System.out.println("ADV share " + share);
                start = System.nanoTime(); List<Finding> again = new IndexAdvisor().advise(session, Catalog.read(session), samples); System.out.println("ADV again ms " + (System.nanoTime() - start) / 1000000); again.forEach(f -> System.out.println("ADV again " + f.summary()+ " "+f.why()));
                assertThat(share).isGreaterThan(0.95);
            }
        }
    }

    private static Map<String, Long> weights(Map<String, Long> calls) {
        return calls;
    }

    private static List<Probe.Timing> probe(
            Population population, Names names, ConnectionSource source) {
        return new Probe(Workload.mcp(), population, names, SEED)
                .run(10, source, Optional.empty(), Progress.none());
    }
}
