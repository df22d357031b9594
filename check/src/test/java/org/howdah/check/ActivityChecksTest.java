package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The checks of sessions: each trouble is made for real and seen, and not seen before. */
class ActivityChecksTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private static TestServer server;
    private static ClusterFacts calm;

    @BeforeAll
    static void start() {
        server =
                TestServer.start(
                        ServerOptions.throwaway()
                                .withSettings(
                                        Map.of(
                                                "max_prepared_transactions", "2",
                                                "max_connections", "30",
                                                "deadlock_timeout", "50ms",
                                                "autovacuum", "off")));
        server.execute(
                "CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 0), (2, 0)");
        server.execute("CREATE ROLE app LOGIN CONNECTION LIMIT 2; GRANT ALL ON t TO app");
        calm = Reading.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_calm_server_has_no_findings() {
        List<Check> checks =
                List.of(
                        new IdleInTransactionCheck(SHORT, SHORT),
                        new LongTransactionsCheck(SHORT),
                        new BlockedSessionsCheck(SHORT),
                        new PreparedTransactionsCheck(SHORT),
                        new HorizonCheck(1),
                        new DeadlocksCheck(),
                        new ConnectionsUsedCheck(),
                        new ConnectionsIdleCheck(SHORT),
                        new ConnectionLimitsCheck());
        for (Check check : checks) {
            assertThat(Reading.findings(check, calm)).as(check.id()).isEmpty();
        }
    }

    @Test
    void a_session_that_sleeps_in_a_transaction_is_named_with_those_that_wait_for_it()
            throws Exception {
        try (Connection sleeper = connect("billing");
                Connection other = connect("shop");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            sleeper.setAutoCommit(false);
            run(sleeper, "UPDATE t SET n = n + 1 WHERE id = 1");
            Future<?> waiting =
                    threads.submit(() -> run(other, "UPDATE t SET n = n + 1 WHERE id = 1"));
            await().untilAsserted(() ->
                    assertThat(
                                    Reading.findings(
                                            new BlockedSessionsCheck(SHORT), Reading.of(server)))
                            .singleElement()
                            .satisfies(ActivityChecksTest::namesBilling));
            ClusterFacts facts = Reading.of(server);
            assertThat(Reading.findings(new IdleInTransactionCheck(SHORT, SHORT), facts))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.summary())
                                .contains("billing", "database postgres", "1 wait for it");
                        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
                    });
            assertThat(Reading.findings(new IdleInTransactionCheck(), facts))
                    .as("minutes have not passed")
                    .isEmpty();
            for (int i = 0; i < 5; i++) {
                server.execute("SELECT pg_current_xact_id()");
            }
            assertThat(Reading.findings(new HorizonCheck(3), Reading.of(server)))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.summary()).contains("billing", "holds them"));
            sleeper.rollback();
            waiting.get();
        }
    }

    private static void namesBilling(Finding finding) {
        assertThat(finding.summary()).contains("1 sessions", "billing", "idle in transaction");
        assertThat(finding.remedies()).isNotEmpty();
    }

    @Test
    void a_transaction_that_works_for_long_is_seen() throws Exception {
        try (Connection report = connect("report");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> running = threads.submit(() -> run(report, "SELECT pg_sleep(60)"));
            await().untilAsserted(() ->
                    assertThat(
                                    Reading.findings(
                                            new LongTransactionsCheck(SHORT), Reading.of(server)))
                            .singleElement()
                            .satisfies(finding ->
                                    assertThat(finding.summary())
                                            .contains("report", "pg_sleep(60)")));
            server.execute(
                    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'report'");
            assertThat(running).failsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void a_prepared_transaction_is_seen_and_holds_the_horizon() {
        server.execute("BEGIN; INSERT INTO t VALUES (10, 0); PREPARE TRANSACTION 'order 66'");
        try {
            server.execute("SELECT pg_current_xact_id()");
            server.execute("SELECT pg_current_xact_id()");
            ClusterFacts facts = Reading.of(server);
            assertThat(Reading.findings(new PreparedTransactionsCheck(SHORT), facts))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.summary()).contains("order 66", "postgres"));
            assertThat(Reading.findings(new HorizonCheck(2), facts))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.summary())
                                    .contains("prepared transaction order 66"));
        } finally {
            server.execute("ROLLBACK PREPARED 'order 66'");
        }
    }

    @Test
    void deadlocks_are_counted() throws Exception {
        try (Connection one = connect("one");
                Connection two = connect("two");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch bothHold = new CountDownLatch(2);
            Future<?> first = threads.submit(() -> lockTwo(one, 1, 2, bothHold));
            Future<?> second = threads.submit(() -> lockTwo(two, 2, 1, bothHold));
            await().until(() -> first.isDone() && second.isDone());
        }
        await().untilAsserted(() ->
                assertThat(Reading.findings(new DeadlocksCheck(), Reading.of(server)))
                        .singleElement()
                        .satisfies(finding ->
                                assertThat(finding.summary())
                                        .startsWith("1 deadlocks in postgres")));
    }

    private static void lockTwo(
            Connection connection, int first, int second, CountDownLatch bothHold) {
        try {
            connection.setAutoCommit(false);
            run(connection, "UPDATE t SET n = 0 WHERE id = " + first);
            bothHold.countDown();
            bothHold.await();
            run(connection, "UPDATE t SET n = 0 WHERE id = " + second);
            connection.rollback();
        } catch (SQLException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void connections_near_the_limits_of_server_and_role_are_seen() throws Exception {
        List<Connection> open = new ArrayList<>();
        try {
            open.add(as("app", "web"));
            open.add(as("app", "web"));
            for (int i = 0; i < 21; i++) {
                open.add(connect("pool"));
            }
            ClusterFacts facts = Reading.of(server);
            assertThat(Reading.findings(new ConnectionsUsedCheck(), facts))
                    .singleElement()
                    .satisfies(
                            finding -> assertThat(finding.summary()).contains("of 27 connections"));
            assertThat(Reading.findings(new ConnectionsIdleCheck(SHORT), facts)).hasSize(1);
            assertThat(Reading.findings(new ConnectionsIdleCheck(), facts)).isEmpty();
            assertThat(Reading.findings(new ConnectionLimitsCheck(), facts))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.summary())
                                .isEqualTo("app uses 2 of the 2 connections that it may have");
                        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
                    });
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    private static Connection connect(String application) throws SQLException {
        return as("postgres", application);
    }

    private static Connection as(String role, String application) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&ApplicationName=%s"
                        .formatted(server.port(), role, application));
    }

    private static void run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
