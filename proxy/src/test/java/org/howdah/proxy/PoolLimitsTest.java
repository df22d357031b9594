package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How many server connections there are, whose, and for how long. */
class PoolLimitsTest {

    private static final Duration A_MOMENT = Duration.ofMillis(400);

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute("CREATE USER alice");
        server.execute("CREATE USER bob");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Written settings() {
        return new Written(server.port());
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static CompletableFuture<Integer> asks(Connection connection) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return backend(connection);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    private static <T> T soon(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static void notYet(CompletableFuture<?> answer) {
        Awaitility.await().during(A_MOMENT).until(() -> !answer.isDone());
    }

    /** Sessions of the proxy's on the server. */
    private static int sessions(String user) throws SQLException {
        try (Connection direct = DriverManager.getConnection(server.jdbcUrl());
                var statement =
                        direct.prepareStatement(
                                "SELECT count(*) FROM pg_stat_activity"
                                        + " WHERE backend_type = 'client backend'"
                                        + " AND pid <> pg_backend_pid() AND usename = ?")) {
            statement.setString(1, user);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static List<Connection> busy(TestProxy proxy, int count, String... options)
            throws SQLException {
        List<Connection> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection client = proxy.connect(options);
            client.setAutoCommit(false);
            backend(client);
            clients.add(client);
        }
        return clients;
    }

    @Test
    void aMinimumIsKeptWhileThePoolIsUsed() throws Exception {
        try (TestProxy proxy = settings().with("min_pool_size", "3").start();
                Connection client = proxy.connect("user=alice")) {
            assertThat(client.isValid(5)).isTrue();
            Awaitility.await().until(() -> sessions("alice") == 3);
        }
    }

    @Test
    void idleConnectionsBeyondTheMinimumAreClosed() throws Exception {
        try (TestProxy proxy =
                        settings()
                                .with("min_pool_size", "1")
                                .with("server_idle_timeout", "1")
                                .start();
                Connection client = proxy.connect("user=alice")) {
            for (Connection other : busy(proxy, 3, "user=alice")) {
                other.close();
            }
            assertThat(client.isValid(5)).isTrue();
            Awaitility.await().until(() -> sessions("alice") == 1);
            Awaitility.await().during(Duration.ofSeconds(2)).until(() -> sessions("alice") == 1);
        }
    }

    @Test
    void roundRobinUsesAllConnections() throws Exception {
        assertThat(used("1")).hasSizeGreaterThan(1);
        assertThat(used("0")).hasSize(1);
    }

    private static Set<Integer> used(String roundRobin) throws Exception {
        try (TestProxy proxy = settings().with("server_round_robin", roundRobin).start();
                Connection client = proxy.connect()) {
            for (Connection other : busy(proxy, 3)) {
                other.rollback();
                other.close();
            }
            Awaitility.await()
                    .until(() -> proxy.proxy().pools().all().getFirst().state().idle() >= 3);
            Set<Integer> backends = new HashSet<>();
            for (int i = 0; i < 12; i++) {
                backends.add(backend(client));
            }
            return backends;
        }
    }

    @Test
    void theReserveIsForThoseWhoWaitTooLong() throws Exception {
        try (TestProxy proxy =
                        settings()
                                .with("default_pool_size", "1")
                                .with("reserve_pool_size", "1")
                                .with("reserve_pool_timeout", "1")
                                .start();
                Connection holder = proxy.connect();
                Connection late = proxy.connect();
                Connection later = proxy.connect()) {
            holder.setAutoCommit(false);
            backend(holder);
            var second = asks(late);
            notYet(second);
            late.setAutoCommit(true);
            assertThat(soon(second)).isPositive();
            late.setAutoCommit(false);
            backend(late);
            var third = asks(later);
            Awaitility.await().during(Duration.ofSeconds(2)).until(() -> !third.isDone());
            holder.commit();
            assertThat(soon(third)).isPositive();
            late.commit();
        }
    }

    @Test
    void aPoolWithoutBoundGrows() throws Exception {
        try (TestProxy proxy = settings().with("default_pool_size", "0").start()) {
            List<Connection> clients = busy(proxy, 8, "user=bob");
            assertThat(sessions("bob")).isEqualTo(8);
            for (Connection client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aFullDatabaseTakesTheIdleConnectionOfAnotherUser() throws Exception {
        try (TestProxy proxy = settings().with("max_db_connections", "2").start();
                Connection alice = proxy.connect("user=alice");
                Connection bob = proxy.connect("user=bob")) {
            List<Connection> two = busy(proxy, 2, "user=alice");
            var waiting = asks(bob);
            notYet(waiting);
            two.getFirst().commit();
            assertThat(soon(waiting)).isPositive();
            assertThat(sessions("alice") + sessions("bob")).isLessThanOrEqualTo(2);
            assertThat(backend(two.getLast())).isPositive();
            two.getLast().commit();
            assertThat(backend(alice)).isPositive();
            two.getFirst().close();
            two.getLast().close();
        }
    }

    @Test
    void aFullUserTakesTheIdleConnectionOfAnotherDatabase() throws Exception {
        Written written = settings().with("max_user_connections", "1");
        written.database("other", "host", "127.0.0.1")
                .database("other", "port", Integer.toString(server.port()))
                .database("other", "dbname", "postgres");
        try (TestProxy proxy = written.start();
                Connection app = proxy.connect("user=bob");
                Connection other = proxy.connect("user=bob", "database=other")) {
            for (int i = 0; i < 3; i++) {
                assertThat(backend(app)).isPositive();
                assertThat(backend(other)).isPositive();
            }
            assertThat(sessions("bob")).isEqualTo(1);
        }
    }

    /** With a lifetime of 2 s and 4 places, one may go every half second. */
    @Test
    void oldConnectionsAreReplacedOneAfterTheOther() throws Exception {
        try (TestProxy proxy = settings().with("server_lifetime", "2").start();
                Connection client = proxy.connect("user=alice")) {
            List<Connection> four = busy(proxy, 4, "user=alice");
            Set<Integer> first = new HashSet<>();
            for (Connection one : four) {
                first.add(backend(one));
                one.commit();
            }
            assertThat(first).hasSize(4);
            Awaitility.await().until(() -> sessions("alice") < 4);
            assertThat(sessions("alice")).isGreaterThanOrEqualTo(2);
            Awaitility.await().until(() -> !first.contains(backend(client)));
            for (Connection one : four) {
                assertThat(one.isValid(5)).isTrue();
                one.close();
            }
        }
    }
}
