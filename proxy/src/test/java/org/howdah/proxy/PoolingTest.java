package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PoolingTest {

    private static final String SIMPLE = "preferQueryMode=simple";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void manyClientsShareFewServers() throws Exception {
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()).poolSize(2));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Set<Integer>>> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int id = i;
                clients.add(() -> backends(proxy, id));
            }
            Set<Integer> backends = new HashSet<>();
            for (Future<Set<Integer>> answer : threads.invokeAll(clients)) {
                backends.addAll(answer.get());
            }
            assertThat(backends).hasSizeBetween(1, 2);
        }
    }

    private static Set<Integer> backends(TestProxy proxy, int id) throws SQLException {
        Set<Integer> backends = new HashSet<>();
        try (Connection connection = proxy.connect(SIMPLE);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 50; i++) {
                int asked = id * 1000 + i;
                try (ResultSet rows =
                        statement.executeQuery("SELECT " + asked + ", pg_backend_pid()")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(asked);
                    backends.add(rows.getInt(2));
                }
            }
        }
        return backends;
    }

    @Test
    void aTransactionKeepsItsServer() throws Exception {
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()).poolSize(2));
                Connection one = proxy.connect(SIMPLE);
                Connection two = proxy.connect(SIMPLE)) {
            one.setAutoCommit(false);
            int first = backend(one);
            assertThat(backend(two)).isNotEqualTo(first);
            assertThat(backend(one)).isEqualTo(first);
            one.commit();
        }
    }

    @Test
    void anErrorLeavesTheClientUsable() throws Exception {
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()));
                Connection connection = proxy.connect(SIMPLE)) {
            assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1/0"))
                    .hasMessageContaining("division by zero");
            assertThat(backend(connection)).isPositive();
        }
    }

    @Test
    void aTransactionThatIsLeftOpenIsRolledBack() throws Exception {
        server.execute("CREATE TABLE abandoned (id int)");
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()).poolSize(1))) {
            try (Connection connection = proxy.connect(SIMPLE)) {
                connection.setAutoCommit(false);
                connection.createStatement().execute("INSERT INTO abandoned VALUES (1)");
            }
            try (Connection connection = proxy.connect(SIMPLE);
                    ResultSet rows =
                            connection
                                    .createStatement()
                                    .executeQuery("SELECT count(*) FROM abandoned")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }

    @Test
    void aSessionKeepsItsServerAndLeavesItClean() throws Exception {
        TestSettings settings = TestSettings.of(server.port()).poolSize(1).mode(PoolMode.SESSION);
        try (TestProxy proxy = TestProxy.start(settings)) {
            try (Connection connection = proxy.connect(SIMPLE)) {
                connection.createStatement().execute("SET work_mem = '77MB'");
                assertThat(show(connection, "work_mem")).isEqualTo("77MB");
            }
            try (Connection connection = proxy.connect(SIMPLE)) {
                assertThat(show(connection, "work_mem")).isNotEqualTo("77MB");
            }
        }
    }

    @Test
    void aCancelReachesTheStatement() throws Exception {
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()));
                Connection connection = proxy.connect(SIMPLE);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                    .isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("57014");
            statement.setQueryTimeout(0);
            assertThat(backend(connection)).isPositive();
        }
    }

    @Test
    void unnamedStatementsPass() throws Exception {
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()));
                Connection connection = proxy.connect("prepareThreshold=0")) {
            try (var statement = connection.prepareStatement("SELECT ?::int + 1")) {
                for (int i = 0; i < 20; i++) {
                    statement.setInt(1, i);
                    try (ResultSet rows = statement.executeQuery()) {
                        rows.next();
                        assertThat(rows.getInt(1)).isEqualTo(i + 1);
                    }
                }
            }
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
