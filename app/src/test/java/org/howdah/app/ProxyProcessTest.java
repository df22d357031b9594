package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code howdah proxy} in a process of its own, steered by signals. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ProxyProcessTest {
    private static TestServer server;

    @TempDir private Path directory;
    private int port;
    private HowdahProcess proxy;

    @BeforeAll
    static void startServer() {
        server = TestServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        configure(5);
        proxy = HowdahProcess.start(directory, directory, "proxy", "-v", "pgbouncer.ini");
        await().until(() -> !proxy.alive() || proxy.err().contains("Listening on"));
        assertThat(proxy.alive()).as(proxy.printed()).isTrue();
    }

    @AfterEach
    void stop() {
        proxy.process().destroyForcibly();
    }

    private void configure(int poolSize) throws IOException {
        Files.writeString(directory.resolve("userlist.txt"), "\"postgres\" \"\"\n");
        Files.writeString(
                directory.resolve("pgbouncer.ini"),
                """
                [databases]
                app = host=127.0.0.1 port=%d dbname=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = userlist.txt
                admin_users = postgres
                pool_mode = transaction
                default_pool_size = %d
                logfile = proxy.log
                pidfile = proxy.pid
                """
                        .formatted(server.port(), port, poolSize));
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable&user=postgres"
                        .formatted(port, database));
    }

    private static int one(Connection connection) {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String shown(String key) throws SQLException {
        try (Connection console = connect("pgbouncer");
                var statement = console.createStatement();
                ResultSet rows = statement.executeQuery("SHOW CONFIG")) {
            while (rows.next()) {
                if (rows.getString("key").equals(key)) {
                    return rows.getString("value");
                }
            }
        }
        throw new AssertionError(key);
    }

    private void signal(String name) throws Exception {
        assertThat(
                        new ProcessBuilder("kill", "-" + name, Long.toString(proxy.process().pid()))
                                .start()
                                .waitFor())
                .isZero();
    }

    @Test
    void runsUntilItsClientsHaveLeft() throws Exception {
        assertThat(Files.readString(directory.resolve("proxy.pid")).strip())
                .isEqualTo(Long.toString(proxy.process().pid()));
        try (Connection client = connect("app")) {
            assertThat(one(client)).isEqualTo(1);
            signal("TERM");
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> connect("app").close())
                            .isInstanceOf(SQLException.class));
            assertThat(one(client)).isEqualTo(1);
            assertThat(proxy.alive()).isTrue();
        }
        assertThat(proxy.exitCode()).isZero();
        assertThat(directory.resolve("proxy.pid")).doesNotExist();
        assertThat(proxy.err()).contains("The proxy has ended").doesNotContain("Exception");
        assertThat(Files.readString(directory.resolve("proxy.log"))).contains("Listening on");
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        try (Connection client = connect("app")) {
            assertThat(one(client)).isEqualTo(1);
            signal("TERM");
            await().until(() -> proxy.err().contains("Shutting down when"));
            signal("INT");
            assertThat(proxy.exitCode()).isZero();
        }
    }

    @Test
    void pausesAndResumesBySignals() throws Exception {
        try (Connection client = connect("app")) {
            assertThat(one(client)).isEqualTo(1);
            signal("USR1");
            await().until(() -> proxy.err().contains("paused"));
            var answer = CompletableFuture.supplyAsync(() -> one(client));
            await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());
            signal("USR2");
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void readsItsFileAnew() throws Exception {
        configure(7);
        signal("HUP");
        await().untilAsserted(() -> assertThat(shown("default_pool_size")).isEqualTo("7"));
        Files.writeString(directory.resolve("pgbouncer.ini"), "[pgbouncer]\npool_mod = a\n");
        signal("HUP");
        await().until(() -> proxy.err().contains("Nothing was changed"));
        assertThat(proxy.err()).contains("Did you mean pool_mode?");
        assertThat(shown("default_pool_size")).isEqualTo("7");
    }

    @Test
    void anAddressThatIsTakenIsToldWithAHint() throws Exception {
        Path other = Files.createDirectories(directory.resolve("other"));
        Files.copy(directory.resolve("userlist.txt"), other.resolve("userlist.txt"));
        Files.copy(directory.resolve("pgbouncer.ini"), other.resolve("pgbouncer.ini"));
        HowdahProcess second = HowdahProcess.start(other, other, "proxy", "-q", "pgbouncer.ini");
        assertThat(second.exitCode()).isEqualTo(5);
        assertThat(second.err())
                .contains("cannot listen on", Integer.toString(port), "Hint: ")
                .doesNotContain("at org.howdah");
    }

    @Test
    void runsInTheBackgroundWhenAsked() throws Exception {
        signal("TERM");
        assertThat(proxy.exitCode()).isZero();
        Path quiet = Files.createDirectories(directory.resolve("quiet"));
        Files.copy(directory.resolve("userlist.txt"), quiet.resolve("userlist.txt"));
        Files.copy(directory.resolve("pgbouncer.ini"), quiet.resolve("pgbouncer.ini"));
        HowdahProcess daemon = HowdahProcess.start(quiet, quiet, "proxy", "-qd", "pgbouncer.ini");
        assertThat(daemon.exitCode()).as(daemon.printed()).isZero();
        // It listens when the command has ended.
        try (Connection client = connect("app")) {
            assertThat(one(client)).isEqualTo(1);
        }
        long pid = Long.parseLong(Files.readString(quiet.resolve("proxy.pid")).strip());
        ProcessHandle background = ProcessHandle.of(pid).orElseThrow();
        assertThat(background.destroy()).isTrue();
        background.onExit().get(30, TimeUnit.SECONDS);
        assertThat(quiet.resolve("proxy.pid")).doesNotExist();
    }
}
