package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
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

/** How a proxy ends. */
class ShutdownTest {

    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private static TestServer server;

    private TestProxy proxy;
    private TestConsole console;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        proxy = new Written(server.port()).start();
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

    private static <T> T soon(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    private static void notYet(CompletableFuture<?> answer) {
        Awaitility.await().during(A_MOMENT).until(() -> !answer.isDone());
    }

    @Test
    void aShutdownWaitsForClients() throws Exception {
        try (Connection client = proxy.connect()) {
            int first = backend(client);
            assertThat(console.run("SHUTDOWN WAIT_FOR_CLIENTS").tag()).isEqualTo("SHUTDOWN");
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThatThrownBy(() -> proxy.connect().close())
                                    .isInstanceOf(SQLException.class));
            assertThat(backend(client)).isEqualTo(first);
            var ended = ended();
            notYet(ended);
            client.abort(Runnable::run);
            soon(ended);
        }
    }

    @Test
    void aShutdownWaitsForServers() throws Exception {
        try (Connection busy = proxy.connect();
                Connection idle = proxy.connect()) {
            busy.setAutoCommit(false);
            int first = backend(busy);
            var ended = ended();
            assertThat(console.run("SHUTDOWN WAIT_FOR_SERVERS").tag()).isEqualTo("SHUTDOWN");
            assertThat(idle.isValid(1)).isFalse();
            notYet(ended);
            assertThat(backend(busy)).isEqualTo(first);
            busy.commit();
            soon(ended);
        }
    }

    @Test
    void aSecondShutdownEndsTheFirst() throws Exception {
        try (Connection client = proxy.connect()) {
            assertThat(backend(client)).isPositive();
            console.run("SHUTDOWN WAIT_FOR_CLIENTS");
            var ended = ended();
            notYet(ended);
            console.run("SHUTDOWN");
            soon(ended);
        }
    }

    @Test
    void aDrainHasAnEnd() throws Exception {
        console.run("SET drain_timeout = 1");
        try (Connection client = proxy.connect()) {
            assertThat(backend(client)).isPositive();
            console.run("SHUTDOWN WAIT_FOR_CLIENTS");
            soon(ended());
        }
    }

    private CompletableFuture<Void> ended() {
        return CompletableFuture.runAsync(() -> {
            try {
                proxy.proxy().control().awaitEnd();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
