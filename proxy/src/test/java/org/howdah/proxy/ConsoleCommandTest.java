package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console does. */
class ConsoleCommandTest {

    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private static TestServer server;

    private Written settings;
    private TestProxy proxy;
    private TestConsole console;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute("CREATE USER alice");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        settings = new Written(server.port()).database("other", "host", "127.0.0.1");
        settings.database("other", "port", Integer.toString(server.port()));
        settings.database("other", "dbname", "postgres");
        proxy = settings.start();
        console = proxy.console("postgres");
    }

    @AfterEach
    void close() {
        console.close();
        proxy.close();
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Whether the server has a process of this number. */
    private static boolean runs(int process) throws SQLException {
        try (Connection direct = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = direct.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT FROM pg_stat_activity WHERE pid = " + process)) {
            return rows.next();
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

    private int comes() {
        try (Connection late = proxy.connect()) {
            return backend(late);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private CompletableFuture<TestConsole.Answer> tells(TestConsole somebody, String command) {
        return CompletableFuture.supplyAsync(() -> somebody.run(command));
    }

    private static <T> T soon(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    /** Still not after a moment. */
    private static void notYet(CompletableFuture<?> answer) {
        Awaitility.await().during(A_MOMENT).until(() -> !answer.isDone());
    }

    @Test
    void pauseWaitsForTransactionsAndResumeServesThoseWhoWait() throws Exception {
        try (Connection busy = proxy.connect();
                Connection other = proxy.connect()) {
            busy.setAutoCommit(false);
            int first = backend(busy);
            var paused = tells(console, "PAUSE");
            notYet(paused);
            var waiting = asks(other);
            notYet(waiting);
            assertThat(backend(busy)).isEqualTo(first);
            busy.commit();
            assertThat(soon(paused).tag()).isEqualTo("PAUSE");
            assertThat(runs(first)).isFalse();
            assertThat(console.run("SHOW STATE").row("key", "paused"))
                    .containsEntry("value", "yes");
            notYet(waiting);
            assertThat(console.run("PAUSE").error()).isPresent();
            assertThat(console.run("RESUME").tag()).isEqualTo("RESUME");
            assertThat(soon(waiting)).isNotEqualTo(first);
            assertThat(console.run("RESUME").error().orElseThrow().message())
                    .contains("neither paused nor suspended");
        }
    }

    @Test
    void aPausedDatabaseLeavesTheOthersAlone() throws Exception {
        try (Connection app = proxy.connect();
                Connection other = proxy.connect("database=other")) {
            assertThat(console.run("PAUSE app").tag()).isEqualTo("PAUSE");
            assertThat(backend(other)).isPositive();
            var waiting = asks(app);
            notYet(waiting);
            assertThat(console.run("SHOW DATABASES").row("name", "app"))
                    .containsEntry("paused", "1");
            assertThat(console.run("RESUME other").error().orElseThrow().message())
                    .contains("not paused");
            assertThat(console.run("RESUME app").tag()).isEqualTo("RESUME");
            assertThat(soon(waiting)).isPositive();
        }
    }

    @Test
    void aNewClientOfAPausedDatabaseWaitsToo() throws Exception {
        assertThat(console.run("PAUSE").tag()).isEqualTo("PAUSE");
        var came = CompletableFuture.supplyAsync(this::comes);
        notYet(came);
        console.run("RESUME");
        assertThat(soon(came)).isPositive();
    }

    /** A session would keep its server for ever: somebody else can end the wait. */
    @Test
    void aPauseThatWaitsForASessionEndsWithResume() throws Exception {
        settings.with("pool_mode", "session");
        try (TestProxy sessions = settings.start();
                TestConsole one = sessions.console("postgres");
                TestConsole two = sessions.console("postgres");
                Connection session = sessions.connect()) {
            int first = backend(session);
            var paused = tells(one, "PAUSE");
            notYet(paused);
            // It has its server and goes on.
            assertThat(backend(session)).isEqualTo(first);
            assertThat(two.run("RESUME").tag()).isEqualTo("RESUME");
            assertThat(soon(paused).tag()).isEqualTo("PAUSE");
            assertThat(backend(session)).isEqualTo(first);
        }
    }

    @Test
    void resumeWorksAfterAReload() throws Exception {
        try (Connection client = proxy.connect()) {
            console.run("PAUSE app");
            settings.with("default_pool_size", "2").database("app", "pool_size", "1");
            assertThat(console.run("RELOAD").tag()).isEqualTo("RELOAD");
            var waiting = asks(client);
            notYet(waiting);
            assertThat(console.run("RESUME app").tag()).isEqualTo("RESUME");
            assertThat(soon(waiting)).isPositive();
        }
    }

    @Test
    void suspendKeepsServerConnections() throws Exception {
        try (Connection client = proxy.connect()) {
            int first = backend(client);
            assertThat(console.run("SUSPEND").tag()).isEqualTo("SUSPEND");
            assertThat(console.run("SHOW STATE").row("key", "suspended"))
                    .containsEntry("value", "yes");
            var waiting = asks(client);
            notYet(waiting);
            console.run("RESUME");
            assertThat(soon(waiting)).isPositive();
            assertThat(runs(first)).isTrue();
        }
    }

    @Test
    void reconnectReplacesServerConnectionsWithoutDroppingClients() throws Exception {
        try (Connection busy = proxy.connect();
                Connection idle = proxy.connect()) {
            busy.setAutoCommit(false);
            int first = backend(busy);
            assertThat(console.run("RECONNECT").tag()).isEqualTo("RECONNECT");
            assertThat(console.run("SHOW SERVERS").maps().getFirst())
                    .containsEntry("close_needed", "1");
            var closed = tells(console, "WAIT_CLOSE app");
            notYet(closed);
            assertThat(backend(idle)).isNotEqualTo(first);
            assertThat(backend(busy)).isEqualTo(first);
            busy.commit();
            assertThat(soon(closed).tag()).isEqualTo("WAIT_CLOSE");
            assertThat(backend(busy)).isNotEqualTo(first);
        }
    }

    @Test
    void killedClientsAreToldAndOthersStay() throws Exception {
        try (Connection victim = proxy.connect();
                Connection other = proxy.connect("user=alice")) {
            String id = console.run("SHOW CLIENTS").row("user", "postgres").get("id");
            assertThat(console.run("KILL_CLIENT " + id).tag()).isEqualTo("KILL_CLIENT");
            assertThatThrownBy(() -> backend(victim)).isInstanceOf(SQLException.class);
            Awaitility.await().until(() -> console.run("SHOW CLIENTS").maps().size() == 1);
            assertThat(other.isValid(5)).isTrue();
            assertThat(console.run("KILL_CLIENT " + id).error().orElseThrow().message())
                    .contains("no client");
            assertThat(console.run("KILL_CLIENT me").error()).isPresent();
        }
    }

    @Test
    void killDropsADatabaseUntilResume() throws Exception {
        try (Connection victim = proxy.connect();
                Connection other = proxy.connect("database=other")) {
            victim.setAutoCommit(false);
            int first = backend(victim);
            assertThat(console.run("KILL app").tag()).isEqualTo("KILL");
            assertThatThrownBy(() -> backend(victim)).isInstanceOf(SQLException.class);
            assertThat(backend(other)).isPositive();
            Awaitility.await().until(() -> !runs(first));
            var waiting = CompletableFuture.supplyAsync(this::comes);
            notYet(waiting);
            console.run("RESUME app");
            assertThat(soon(waiting)).isPositive();
        }
    }

    @Test
    void aDisabledDatabaseLetsNobodyInAndKeepsWhoIsThere() throws Exception {
        try (Connection client = proxy.connect()) {
            assertThat(console.run("DISABLE app").tag()).isEqualTo("DISABLE");
            assertThatThrownBy(() -> proxy.connect().close()).hasMessageContaining("disabled");
            assertThat(backend(client)).isPositive();
            assertThat(console.run("SHOW DATABASES").row("name", "app"))
                    .containsEntry("disabled", "1");
            assertThat(console.run("ENABLE app").tag()).isEqualTo("ENABLE");
            proxy.connect().close();
        }
    }

    @Test
    void reloadChangesAPoolUnderItsClients() throws Exception {
        try (Connection client = proxy.connect()) {
            int first = backend(client);
            settings.database("app", "pool_size", "2");
            assertThat(console.run("RELOAD").tag()).isEqualTo("RELOAD");
            assertThat(console.run("SHOW DATABASES").row("name", "app"))
                    .containsEntry("pool_size", "2");
            assertThat(backend(client)).isEqualTo(first);
            // Where the server is has changed: connections are replaced.
            settings.database("app", "application_name", "elsewhere");
            console.run("RELOAD");
            assertThat(backend(client)).isNotEqualTo(first);
        }
    }

    @Test
    void aReloadOfWrongSettingsChangesNothing() {
        settings.with("default_pool_size", "many");
        TestConsole.Answer answer = console.run("RELOAD");
        assertThat(answer.error().orElseThrow().message())
                .contains("nothing was changed", "default_pool_size");
        assertThat(console.run("SHOW CONFIG").row("key", "default_pool_size"))
                .containsEntry("value", "4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET default_pool_size = 9|default_pool_size|9",
                "set query_timeout to '5'|query_timeout|5",
                "SET server_check_query = 'select 2'|server_check_query|select 2",
                "SET server_reset_query = '';|server_reset_query|",
            })
    void setChangesASetting(String command, String key, String value) {
        assertThat(console.run(command).tag()).isEqualTo("SET");
        assertThat(console.run("SHOW CONFIG").row("key", key))
                .containsEntry("value", value == null ? "" : value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET default_pool_siz = 9|Did you mean default_pool_size?",
                "SET listen_port = 9|restart",
                "SET default_pool_size = many|",
                "SHOW POLLS|Did you mean SHOW POOLS?",
                "PUASE|Did you mean PAUSE?",
                "PAUSE nowhere|SHOW DATABASES",
                "PAUSE pgbouncer|SHOW DATABASES",
                "DISABLE|SHOW DATABASES",
                "SHUTDOWN SOON|WAIT_FOR_CLIENTS",
                "SELECT 1; SELECT 2|SHOW HELP",
                "RELOAD app|Leave out",
            })
    void whatIsWrongIsToldWithAHint(String command, String hint) {
        var error = console.run(command).error().orElseThrow();
        assertThat(error.hint()).isPresent();
        assertThat(error.hint().orElseThrow()).contains(hint == null ? "" : hint);
        assertThat(console.run("SHOW VERSION").error()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PAUSE",
        "RESUME",
        "RECONNECT",
        "KILL",
        "KILL_CLIENT 1",
        "WAIT_CLOSE",
        "SHUTDOWN",
        "DISABLE app",
        "ENABLE app",
        "SUSPEND",
        "RELOAD",
        "SET default_pool_size = 9"
    })
    void watchersMayOnlyLook(String command) {
        try (TestConsole watcher = proxy.console("watcher")) {
            assertThat(watcher.run(command).error().orElseThrow().sqlState()).isEqualTo("42501");
            assertThat(watcher.run("SHOW POOLS").error()).isEmpty();
        }
    }

    @Test
    void othersDoNotComeIn() {
        assertThatThrownBy(() -> proxy.console("alice")).hasMessageContaining("admin_users");
    }
}
