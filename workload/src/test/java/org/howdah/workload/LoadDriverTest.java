package org.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.HowdahException;
import org.howdah.report.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoadDriverTest {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static TestServer server;
    private static ConnectionSource source;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        source = Fixture.source(server, "postgres");
        server.execute(
                "CREATE TABLE public.counter (id int PRIMARY KEY, n bigint NOT NULL);"
                        + " INSERT INTO public.counter SELECT i, 0 FROM generate_series(1, 9) i");
    }

    @AfterAll
    static void stop() {
        THREADS.close();
        server.close();
    }

    private static LoadDriver driver(String sql, String parameters) {
        Workload workload =
                Fixture.workload(
                        """
                        name: test
                        statements:
                          - name: only
                            weight: 1
                            kind: write
                            sql: "%s"
                            parameters: {%s}
                        """
                                .formatted(sql, parameters));
        return new LoadDriver(
                workload,
                Fixture.population(),
                Names.original(),
                source,
                List.of(),
                Clock.systemUTC());
    }

    @Test
    void aStallShowsInAllRequestsThatWereDueMeanwhile() throws Exception {
        LoadDriver driver =
                driver(
                        "UPDATE public.counter SET n = n + 1 WHERE id = :id",
                        "id: {number: {1: 1}}");
        LoadPlan plan = LoadPlan.openLoop(200, 4, Duration.ZERO, Duration.ofSeconds(3));
        var running =
                CompletableFuture.supplyAsync(() -> driver.run(plan, Progress.none()), THREADS);
        await().until(() ->
                Fixture.number(source, "SELECT n FROM public.counter WHERE id = 1") > 50);
        try (Connection connection = source.open();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "BEGIN; SELECT n FROM public.counter WHERE id = 1 FOR UPDATE;"
                            + " SELECT pg_sleep(1); COMMIT");
        }
        LoadResult result = running.get(20, TimeUnit.SECONDS);

        assertThat(result.response().count()).isEqualTo(600);
        assertThat(result.unserved()).isZero();
        // Four requests met the lock; two hundred were due while it was held, one in ten of all for
        // more than 700 ms.
        assertThat(result.service().p95Micros()).isLessThan(500_000);
        assertThat(result.service().maxMicros()).isGreaterThan(800_000);
        assertThat(result.response().p90Micros()).isGreaterThan(500_000);
        assertThat(result.maxQueue()).isGreaterThan(100);
        assertThat(result.series()).hasSize(3);
        assertThat(result.series().stream().mapToLong(LoadResult.Second::queue).max().orElse(0))
                .isPositive();
    }

    @Test
    void whatIsNotAnsweredInTimeIsCountedWithTheTimeItWaited() {
        LoadDriver driver = driver("SELECT pg_sleep(0.25)", "");
        LoadPlan plan =
                LoadPlan.openLoop(50, 1, Duration.ZERO, Duration.ofSeconds(1))
                        .withGrace(Duration.ofMillis(300));
        LoadResult result = driver.run(plan, Progress.none());
        assertThat(result.unserved()).isBetween(40L, 49L);
        assertThat(result.response().count()).isEqualTo(50);
        assertThat(result.throughputPerSecond()).isBetween(1.0, 4.0);
        assertThat(result.response().p50Micros()).isGreaterThan(400_000);
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void errorsAreCountedByTheirState() {
        LoadDriver driver = driver("SELECT 1 / :n", "n: {number: {0: 1, 1: 1}}");
        LoadResult result =
                driver.run(
                        LoadPlan.closedLoop(2, Duration.ZERO, Duration.ofMillis(700)),
                        Progress.none());
        long errors = result.errors().getOrDefault("22012", 0L);
        assertThat(result.errors()).containsOnlyKeys("22012");
        assertThat((double) errors / (errors + result.service().count())).isBetween(0.3, 0.7);
        assertThat(result.statements().getFirst().errors()).isEqualTo(result.errors());
    }

    @Test
    void aLostConnectionIsAnErrorAndIsOpenedAgain() {
        LoadDriver driver =
                driver(
                        "SELECT CASE WHEN :n = 0 THEN pg_terminate_backend(pg_backend_pid()) END",
                        "n: {number: {0: 1, 1: 9}}");
        LoadResult result =
                driver.run(
                        LoadPlan.closedLoop(2, Duration.ZERO, Duration.ofMillis(1_500)),
                        Progress.none());
        assertThat(result.errors()).containsKey("57P01");
        assertThat(result.errors().get("57P01")).isGreaterThan(2);
        assertThat(result.service().count()).isGreaterThan(result.errors().get("57P01"));
    }

    @Test
    void theWarmUpIsNotMeasured() {
        LoadDriver driver = driver("SELECT 1", "");
        LoadResult result =
                driver.run(
                        LoadPlan.openLoop(100, 2, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        Progress.none());
        assertThat(result.response().count()).isEqualTo(100);
        assertThat(result.throughputPerSecond()).isBetween(90.0, 101.0);
        assertThat(result.series()).hasSize(1);
    }

    @Test
    void cancellingEndsRunningStatements() throws Exception {
        LoadDriver driver = driver("SELECT pg_sleep(60), 'cancelled'", "");
        LoadPlan plan = LoadPlan.closedLoop(3, Duration.ZERO, Duration.ofMinutes(10));
        var running =
                CompletableFuture.supplyAsync(() -> driver.run(plan, Progress.none()), THREADS);
        String active =
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep(60)%cancelled%'";
        await().until(() -> Fixture.number(source, active) == 3);
        driver.cancel();
        LoadResult result = running.get(10, TimeUnit.SECONDS);
        assertThat(result.cancelled()).isTrue();
        assertThat(Fixture.number(source, active)).isZero();
    }

    @Test
    void anInterruptedRunEndsToo() throws Exception {
        LoadDriver driver = driver("SELECT pg_sleep(60), 'interrupted'", "");
        LoadPlan plan = LoadPlan.openLoop(10, 2, Duration.ZERO, Duration.ofMinutes(10));
        var result = new CompletableFuture<LoadResult>();
        Thread thread =
                Thread.ofVirtual().start(() -> result.complete(driver.run(plan, Progress.none())));
        await().until(() ->
                Fixture.number(
                                source,
                                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%interrupted%' AND pid <> pg_backend_pid()")
                        == 2);
        thread.interrupt();
        assertThat(result.get(10, TimeUnit.SECONDS).cancelled()).isTrue();
    }

    @Test
    void aFrozenServerDoesNotKeepARunFromEnding() throws Exception {
        try (TestServer other = TestServer.start()) {
            Workload workload =
                    Fixture.workload(
                            "statements: [{name: one, weight: 1, sql: \"UPDATE public.t SET n = n + 1\"}]");
            other.execute("CREATE TABLE public.t AS SELECT 0 AS n");
            ConnectionSource server = Fixture.source(other, "postgres");
            LoadDriver driver =
                    new LoadDriver(
                            workload,
                            Fixture.population(),
                            Names.original(),
                            server,
                            List.of(),
                            Clock.systemUTC());
            LoadPlan plan =
                    LoadPlan.openLoop(50, 2, Duration.ZERO, Duration.ofSeconds(2))
                            .withGrace(Duration.ofMillis(200));
            var running =
                    CompletableFuture.supplyAsync(() -> driver.run(plan, Progress.none()), THREADS);
            await().until(() -> Fixture.number(server, "SELECT n FROM public.t") > 5);
            other.server().freeze();
            try {
                LoadResult result = running.get(30, TimeUnit.SECONDS);
                assertThat(result.unserved()).isPositive();
                assertThat(result.response().maxMicros()).isGreaterThan(300_000);
            } finally {
                other.server().thaw();
            }
        }
    }

    @Test
    void clientsThink() {
        LoadDriver driver = driver("SELECT 1", "");
        LoadPlan plan =
                new LoadPlan(
                        new LoadPlan.Pace.ClosedLoop(2, Duration.ofMillis(100)),
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1);
        assertThat(driver.run(plan, Progress.none()).throughputPerSecond()).isBetween(5.0, 20.0);
    }

    @Test
    void reportsGoToTheReader() throws SQLException {
        server.createDatabase("reader");
        Workload workload =
                Fixture.workload(
                        """
                        statements:
                          - {name: here, weight: 1, kind: read, sql: "SELECT 1 / CAST(current_database() = 'postgres' AS int)"}
                          - {name: there, weight: 1, kind: report, sql: "SELECT 1 / CAST(current_database() = 'reader' AS int)"}
                        """);
        LoadDriver driver =
                new LoadDriver(
                        workload,
                        Fixture.population(),
                        Names.original(),
                        source,
                        List.of(Fixture.source(server, "reader")),
                        Clock.systemUTC());
        LoadResult result =
                driver.run(
                        LoadPlan.closedLoop(2, Duration.ZERO, Duration.ofMillis(400)),
                        Progress.none());
        assertThat(result.errors()).isEmpty();
        assertThat(result.calls().get("here")).isPositive();
        assertThat(result.calls().get("there")).isPositive();
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() {
        Dsn nowhere = Dsn.of("127.0.0.1", 1, "postgres", "postgres");
        LoadDriver driver =
                new LoadDriver(
                        Workload.mcp(),
                        Fixture.population(),
                        Names.original(),
                        ConnectionSource.of(nowhere),
                        List.of(),
                        Clock.systemUTC());
        LoadPlan plan = LoadPlan.closedLoop(1, Duration.ZERO, Duration.ofSeconds(1));
        assertThatThrownBy(() -> driver.run(plan, Progress.none()))
                .isInstanceOf(HowdahException.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void theResultIsADocumentForPrograms() {
        LoadResult result =
                driver("SELECT :n", "n: {number: {1: 1}}")
                        .run(
                                LoadPlan.closedLoop(1, Duration.ZERO, Duration.ofMillis(1_200)),
                                Progress.none());
        JsonNode json = JsonMapper.shared().valueToTree(result);
        assertThat(json.path("mode").asString()).isEqualTo("closed");
        assertThat(json.path("startedAt").asString()).contains("T");
        assertThat(json.path("statements").path(0).path("service").path("count").asLong())
                .isEqualTo(result.service().count());
        assertThat(json.path("series").path(0).path("completed").asLong()).isPositive();
        assertThat(json.path("response").path("distribution").size()).isGreaterThan(20);
    }
}
