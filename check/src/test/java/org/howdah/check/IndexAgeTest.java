package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.awaitility.Awaitility;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.DatabaseFact;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.ServerFacts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** For how long the counters have seen an index. */
class IndexAgeTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestDatabase.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void counters_are_as_young_as_the_last_crash_of_a_session() throws Exception {
        try (TestServer crashing =
                TestServer.start(
                        ServerOptions.throwaway().withSetting("restart_after_crash", "on"))) {
            DatabaseFact before = databaseOf(crashing);
            assertThat(before.countedSince()).isEqualTo(before.serverStarted());
            try (Connection connection = crashing.connect();
                    Statement statement = connection.createStatement();
                    ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()")) {
                pid.next();
                ProcessHandle.of(pid.getLong(1)).orElseThrow().destroyForcibly();
            }
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        DatabaseFact after = databaseOf(crashing);
                        assertThat(after.serverStarted()).isEqualTo(before.serverStarted());
                        assertThat(after.countedSince()).isAfter(before.now());
                        assertThat(IndexUsage.of(Reading.of(crashing)).observed().orElseThrow())
                                .isLessThan(
                                        Duration.between(before.serverStarted(), Instant.now()));
                    });
        }
    }

    private static DatabaseFact databaseOf(TestServer crashing) {
        return Reading.of(crashing).main().database().database().orNone().getFirst();
    }

    @Test
    void an_index_is_as_young_as_the_average_of_transactions_makes_it() {
        TestDatabase database =
                IndexChecksTest.orders(server).execute("CREATE INDEX by_date ON orders (at)");
        ServerFacts facts = database.facts().main().server();
        Duration counted = Duration.ofDays(1000);
        assertThat(IndexAge.average(facts, counted).orElseThrow()).isPositive();
        assertThat(IndexAge.average(facts, Duration.ZERO)).isEmpty();
        assertThat(IndexAge.estimate(1000, DoubleStream.of(2, 50, 0)))
                .hasValue(Duration.ofSeconds(20));
        assertThat(IndexAge.estimate(1000, DoubleStream.of(0))).isEmpty();
    }

    @Test
    void transactions_that_only_read_do_not_make_an_index_young() {
        String[] reads = new String[2000];
        Arrays.fill(reads, "SELECT 1");
        TestDatabase database =
                TestDatabase.on(server)
                        .execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1)")
                        .execute(reads);
        long before = numbers(database);
        assertThat(before).as("those that wrote, not those that ended").isLessThan(1000);
        database.execute(reads);
        assertThat(numbers(database)).isLessThan(before + 100);
        String[] writes = new String[200];
        Arrays.fill(writes, "UPDATE t SET id = id");
        database.execute(writes);
        assertThat(numbers(database)).isBetween(before + 200, before + 300);
        database.execute("INSERT INTO t SELECT generate_series(1, 100000)");
        assertThat(numbers(database)).as("one transaction").isLessThan(before + 10_000);
    }

    private static long numbers(TestDatabase database) {
        Catalog node = database.facts().main();
        return node.server().databases().orNone().stream()
                .filter(each -> each.name().equals(node.database().name()))
                .mapToLong(IndexAge::numbersAtMost)
                .sum();
    }

    @Test
    void the_server_tells_the_age_of_an_index_where_it_keeps_the_times_of_commits() {
        try (TestServer exact =
                TestServer.start(
                        ServerOptions.throwaway().withSetting("track_commit_timestamp", "on"))) {
            Instant before = Instant.now();
            exact.execute("CREATE TABLE t (id int); CREATE INDEX i ON t (id)");
            Catalog node = Reading.of(exact).main();
            IndexFact index = node.database().indexes().orNone().getFirst();
            assertThat(index.changedAt())
                    .hasValueSatisfying(built ->
                            assertThat(built).isBetween(before.minusSeconds(1), Instant.now()));
            assertThat(IndexAge.of(node, index, Duration.ofDays(30)))
                    .hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofMinutes(5)));
        }
        assertThat(
                        IndexChecksTest.orders(server)
                                .facts()
                                .main()
                                .database()
                                .indexes()
                                .orNone()
                                .getFirst()
                                .changedAt())
                .isEmpty();
    }
}
