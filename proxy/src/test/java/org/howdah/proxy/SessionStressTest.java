package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many clients on few server connections change their sessions at random; each compares what it
 * finds with a model of what it has done.
 */
class SessionStressTest {

    private static final int CLIENTS = 14;
    private static final int STEPS = 120;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute("CREATE ROLE clerk; CREATE ROLE cook; CREATE SCHEMA a; CREATE SCHEMA b");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"simple, 1", "extended, 2", "extendedForPrepared, 2"})
    void everyClientFindsItsOwnSession(String protocol, int loops) throws Exception {
        // Pins may take connections away for good: there must be one more than there can be pins.
        TestSettings settings = TestSettings.of(server.port()).poolSize(5).loops(loops);
        try (TestProxy proxy = TestProxy.start(settings);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int id = i;
                work.add(() -> new Model(proxy, id, protocol).run());
            }
            for (Future<Integer> steps : threads.invokeAll(work)) {
                assertThat(steps.get()).isEqualTo(STEPS);
            }
            assertThat(proxy.pins()).isEmpty();
        }
    }

    /** A client and what its session should be. */
    private static final class Model {

        private final TestProxy proxy;
        private final int id;
        private final String protocol;
        private final Random random;
        private final Map<String, String> expected = new HashMap<>();
        private Map<String, String> before = Map.of();

        Model(TestProxy proxy, int id, String protocol) {
            this.proxy = proxy;
            this.id = id;
            this.protocol = protocol;
            this.random = new Random(id);
        }

        int run() throws SQLException {
            int done = 0;
            try (Connection connection =
                    proxy.connect(
                            "preferQueryMode=" + protocol,
                            "prepareThreshold=2",
                            "assumeMinServerVersion=14",
                            "ApplicationName=client" + id,
                            "options=-c app.start=" + id)) {
                start();
                while (done < STEPS) {
                    step(connection);
                    check(connection);
                    done++;
                }
            }
            return done;
        }

        private void start() {
            expected.clear();
            expected.put("work_mem", "4MB");
            expected.put("search_path", "\"$user\", public");
            expected.put("app.tenant", "");
            expected.put("app.start", "" + id);
            expected.put("application_name", "client" + id);
            expected.put("role", "none");
        }

        private void step(Connection connection) throws SQLException {
            switch (random.nextInt(9)) {
                case 0 -> set(connection, "work_mem", (1 + random.nextInt(5)) + "MB");
                case 1 -> set(connection, "search_path", random.nextBoolean() ? "a" : "b, a");
                case 2 -> {
                    String tenant = "t" + id + "_" + random.nextInt(3);
                    execute(connection, "SELECT set_config('app.tenant', '" + tenant + "', false)");
                    expected.put("app.tenant", tenant);
                }
                case 3 -> {
                    String role = random.nextBoolean() ? "clerk" : "cook";
                    execute(connection, "SET ROLE " + role);
                    expected.put("role", role);
                }
                case 4 -> {
                    execute(connection, "RESET ROLE");
                    expected.put("role", "none");
                }
                case 5 -> transaction(connection);
                case 6 -> pin(connection);
                case 7 -> {
                    if (random.nextInt(4) == 0) {
                        execute(connection, "DISCARD ALL");
                        start();
                    }
                }
                default -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SET work_mem = 'plenty'");
                    } catch (SQLException refused) {
                        assertThat(refused.getSQLState()).isEqualTo("22023");
                    }
                }
            }
        }

        private void set(Connection connection, String name, String value) throws SQLException {
            String text = name.equals("work_mem") ? "'" + value + "'" : value;
            execute(connection, "SET " + name + " = " + text);
            expected.put(name, value);
        }

        private void transaction(Connection connection) throws SQLException {
            before = Map.copyOf(expected);
            connection.setAutoCommit(false);
            set(connection, "work_mem", (6 + random.nextInt(5)) + "MB");
            execute(connection, "SET LOCAL maintenance_work_mem = '99MB'");
            if (random.nextBoolean()) {
                set(connection, "search_path", "a, public");
            }
            if (random.nextBoolean()) {
                connection.commit();
            } else {
                connection.rollback();
                expected.clear();
                expected.putAll(before);
            }
            connection.setAutoCommit(true);
        }

        /** Only some do this, so that there are always server connections for the others. */
        private void pin(Connection connection) throws SQLException {
            if (id % 4 != 0 || !expected.getOrDefault("role", "").equals("none")) {
                return;
            }
            execute(connection, "SELECT pg_advisory_lock(" + id + ")");
            check(connection);
            execute(connection, "SELECT pg_advisory_unlock(" + id + ")");
        }

        private void check(Connection connection) throws SQLException {
            for (Map.Entry<String, String> setting : expected.entrySet()) {
                String found = value(connection, setting.getKey());
                assertThat(found)
                        .as("client %d, %s", id, setting.getKey())
                        .isEqualTo(setting.getValue());
                if (random.nextInt(3) > 0) {
                    return;
                }
            }
        }

        private static void execute(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        private static String value(Connection connection, String setting) throws SQLException {
            try (var statement = connection.prepareStatement("SELECT current_setting(?, true)")) {
                statement.setString(1, setting);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return Objects.requireNonNullElse(rows.getString(1), "");
                }
            }
        }
    }
}
