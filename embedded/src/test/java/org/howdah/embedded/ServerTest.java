package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerTest {

    private final Host host = Host.local().inMemory();
    private TemporaryDirectory scratch;

    @BeforeEach
    void makeDirectory() {
        scratch = TemporaryDirectory.in(host);
    }

    @AfterEach
    void deleteDirectory() {
        scratch.close();
    }

    private Server server(ServerOptions options) {
        return Server.in(scratch.path().resolve("server"), options, host);
    }

    @Test
    void keepsDataAndPortOverStopAndStart() {
        try (Server server = server(ServerOptions.throwaway())) {
            server.start();
            int port = server.port();
            Sql.on(server).execute("CREATE TABLE kept AS SELECT 42 AS answer");
            server.stop();
            assertThat(server.running()).isFalse();
            assertThat(server.pid()).isEmpty();
            server.restart();
            assertThat(server.port()).isEqualTo(port);
            assertThat(Sql.on(server).text("SELECT answer FROM kept")).isEqualTo("42");
            server.stop(StopMode.IMMEDIATE);
        }
        try (Server later = server(ServerOptions.throwaway())) {
            later.start();
            assertThat(Sql.on(later).text("SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void crashLeavesNoProcessAndTheNextStartRecovers() throws Exception {
        try (Server server = server(ServerOptions.throwaway())) {
            server.start();
            List<ProcessHandle> family =
                    ProcessHandle.of(server.pid().orElseThrow())
                            .orElseThrow()
                            .descendants()
                            .toList();
            assertThat(family).hasSizeGreaterThan(3);
            Sql.on(server).execute("CREATE TABLE kept AS SELECT 42 AS answer");
            try (Connection connection = server.connect()) {
                server.crash();
                assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1"))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(family).noneMatch(ServerTest::runs);
            server.start();
            assertThat(Sql.on(server).text("SELECT answer FROM kept")).isEqualTo("42");
            assertThat(server.log()).content().contains("was not properly shut down");
        }
    }

    /** A zombie that nobody has waited for does not run. */
    private static boolean runs(ProcessHandle process) {
        return ProcessStatus.of(process.pid()).filter(ProcessStatus::running).isPresent();
    }

    @Test
    void aFrozenServerIsSilentUntilItIsThawed() throws Exception {
        try (Server server = server(ServerOptions.throwaway())) {
            server.start();
            server.freeze();
            assertThat(server.frozen()).isTrue();
            assertThat(server.running()).isTrue();
            Properties impatient = new Properties();
            impatient.put("loginTimeout", "1");
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), impatient))
                    .isInstanceOf(SQLException.class);
            server.thaw();
            assertThat(server.frozen()).isFalse();
            assertThat(Sql.on(server).text("SELECT 1")).isEqualTo("1");
            server.freeze();
            server.stop();
            assertThat(server.running()).isFalse();
        }
    }

    @Test
    void settingsHoldAndAlterSystemHasTheLastWord() {
        ServerOptions options =
                ServerOptions.throwaway()
                        .withSetting("work_mem", "5MB")
                        .withSetting("application_name", "it's");
        try (Server server = server(options)) {
            server.start();
            assertThat(Sql.on(server).text("SHOW work_mem")).isEqualTo("5MB");
            assertThat(Sql.on(server).text("SHOW shared_preload_libraries"))
                    .isEqualTo("pg_stat_statements");
            Sql.on(server).execute("ALTER SYSTEM SET work_mem = '7MB'");
            server.reload();
            await().until(() -> Sql.on(server).text("SHOW work_mem").equals("7MB"));
            server.restart();
            assertThat(Sql.on(server).text("SHOW work_mem")).isEqualTo("7MB");
        }
        assertThatThrownBy(() -> server(ServerOptions.throwaway().withSetting("a b", "1")).start())
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("\"a b\" is no name");
    }

    @Test
    void aFailedStartTellsTheExitCodeAndTheLog() {
        try (Server server = server(ServerOptions.throwaway().withSetting("work_mem", "lots"))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("did not start (exit code 1)")
                    .hasMessageContaining("invalid value for parameter \"work_mem\"");
            assertThat(server.running()).isFalse();
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Server server = server(ServerOptions.throwaway().withPort(taken.getLocalPort()))) {
            assertThatThrownBy(server::start)
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("Address already in use")
                    .extracting(failed -> ((EmbeddedException) failed).hint())
                    .asString()
                    .contains("Another program listens on port " + taken.getLocalPort());
        }
    }

    @Test
    void aSecondStartOnTheSameDirectoryIsRefused() {
        try (Server server = server(ServerOptions.throwaway())) {
            server.start();
            Server second = server(ServerOptions.throwaway());
            assertThat(second.running()).isTrue();
            assertThat(second.port()).isEqualTo(server.port());
            assertThatThrownBy(second::start)
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("A server already runs on");
        }
    }

    @Test
    void dataOfAnotherMajorIsRefused() {
        server(ServerOptions.throwaway()).close();
        assertThatThrownBy(() -> server(ServerOptions.throwaway().withMajor(17)))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("belongs to PostgreSQL 18, not 17");
    }

    @Test
    void aPasswordGuardsWhatLasts() throws Exception {
        try (Server server = server(ServerOptions.defaults())) {
            server.start();
            assertThat(Sql.on(server).text("SHOW data_checksums")).isEqualTo("on");
            String withoutPassword =
                    "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres"
                            .formatted(server.port());
            assertThatThrownBy(() -> DriverManager.getConnection(withoutPassword))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            Path file = server.directory().resolve("pgpass");
            assertThat(server.dsn("a b"))
                    .isEqualTo(
                            "postgresql://postgres@127.0.0.1:%d/a%%20b?passfile=%s"
                                    .formatted(server.port(), file));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.getPosixFilePermissions(server.data())).hasSize(3);
            assertThat(server.log())
                    .content()
                    .doesNotContain(Password.read(server.directory()).orElseThrow());
        }
    }

    @Test
    void aLongDirectoryGetsItsSocketElsewhere() throws Exception {
        Path deep = scratch.path().resolve("d".repeat(120));
        Path sockets;
        try (Server server = Server.in(deep, ServerOptions.throwaway(), host)) {
            server.start();
            sockets = server.socketDirectory();
            assertThat(sockets).isNotEqualTo(deep.resolve("socket"));
            assertThat(sockets.resolve(".s.PGSQL." + server.port())).exists();
        }
        assertThat(sockets).doesNotExist();
        Files.createDirectory(sockets);
        Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (Server trapped = Server.in(deep, ServerOptions.throwaway(), host)) {
            assertThatThrownBy(trapped::start)
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("does not belong to " + host.accountName() + " alone");
        }
        try (Server near = server(ServerOptions.throwaway())) {
            near.start();
            assertThat(near.directory().resolve("socket/.s.PGSQL." + near.port())).exists();
        }
    }

    @Test
    void anInterruptedThreadStopsAServerInOrder() {
        Server server = server(ServerOptions.throwaway());
        server.start();
        Thread.currentThread().interrupt();
        server.close();
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(server.log()).content().contains("database system is shut down");
    }

    @Test
    void databasesAreMadeOnce() {
        try (Server server = server(ServerOptions.throwaway())) {
            server.start();
            server.ensureDatabase("odd \"name\"");
            server.ensureDatabase("odd \"name\"");
            assertThatThrownBy(() -> server.createDatabase("odd \"name\""))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("already exists");
        }
    }
}
