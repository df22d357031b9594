package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Why a connection fails and what is said about it, by servers that really refuse. */
class ConnectFailureTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server =
                TestServer.start(
                        ServerOptions.throwaway()
                                .withSetting("max_connections", "5")
                                .withSetting("superuser_reserved_connections", "2")
                                .withSetting("reserved_connections", "0")
                                .withSetting("max_wal_senders", "0"));
        server.execute(
                "CREATE ROLE needy LOGIN PASSWORD 's3cret'; CREATE ROLE nologin;"
                        + " CREATE ROLE closed LOGIN; CREATE ROLE plain LOGIN");
        server.createDatabase("private");
        server.execute("REVOKE CONNECT ON DATABASE private FROM public");
        var hba = server.server().data().resolve("pg_hba.conf");
        String rest = Files.readString(hba);
        Files.writeString(
                hba,
                "host all closed all reject\nhost all needy all scram-sha-256\n"
                        + "hostssl all secure all trust\n"
                        + rest,
                StandardOpenOption.TRUNCATE_EXISTING);
        server.execute("SELECT pg_catalog.pg_reload_conf()");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Dsn dsn() {
        return Dsn.of("127.0.0.1", server.port(), "postgres", "postgres");
    }

    private static HowdahException failure(Dsn dsn) {
        HowdahException failure =
                catchThrowableOfType(
                        HowdahException.class,
                        () -> Session.open(dsn, SessionOptions.reading("test")).close());
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CANNOT_CONNECT);
        assertThat(failure.getMessage()).startsWith("Cannot connect to " + dsn + ": ");
        return failure;
    }

    private static void expect(Dsn dsn, String code, String sentence, String hint) {
        HowdahException failure = failure(dsn);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).contains(sentence);
        assertThat(failure.hint()).contains(hint);
        assertThat(failure.getMessage() + failure.hint()).doesNotContain("wr0ng");
    }

    @Test
    void wrongPassword() {
        expect(
                dsn().withUser("needy").withPassword(new Secret("wr0ng")),
                "connect-password",
                "password authentication failed for user \"needy\"",
                "127.0.0.1:%d:postgres:needy:PASSWORD".formatted(server.port()));
    }

    @Test
    void noPassword() {
        expect(
                dsn().withUser("needy"),
                "connect-password",
                "the server asks for a password",
                "PGPASSWORD");
    }

    @Test
    void refusedByHostBasedAuthentication() {
        expect(dsn().withUser("closed"), "connect-refused-login", "pg_hba.conf", "reload");
        expect(
                dsn().withUser("nologin"),
                "connect-refused-login",
                "not permitted to log in",
                "\\du nologin");
    }

    @Test
    void noSuchDatabaseOrNoRightToIt() {
        expect(dsn().withDatabase("nowhere"), "connect-no-database", "nowhere", "dbname=postgres");
        expect(
                dsn().withUser("plain").withDatabase("private"),
                "connect-no-privilege",
                "permission denied",
                "GRANT CONNECT ON DATABASE \"private\" TO \"plain\"");
    }

    @Test
    void tooManyConnections() {
        List<Session> sessions = new ArrayList<>();
        try {
            HowdahException full = null;
            while (full == null && sessions.size() < 10) {
                try {
                    sessions.add(
                            Session.open(dsn().withUser("plain"), SessionOptions.reading("test")));
                } catch (HowdahException refused) {
                    full = refused;
                }
            }
            HowdahException refused = Objects.requireNonNull(full);
            assertThat(refused.code()).isEqualTo("connect-too-many");
            assertThat(refused.hint()).contains("max_connections");
        } finally {
            sessions.forEach(Session::close);
        }
    }

    @Test
    void unreachable() {
        expect(
                Dsn.of("127.0.0.1", 1, "postgres", "postgres"),
                "connect-unreachable",
                "connection refused",
                "listen_addresses");
        expect(
                Dsn.of("no-such-host.invalid", 5432, "postgres", "postgres"),
                "connect-unreachable",
                "not known",
                "no-such-host.invalid");
        expect(
                Dsn.of("/nonexistent", 5432, "postgres", "postgres"),
                "connect-unreachable",
                "no server listens on this socket",
                ".s.PGSQL.5432 is in /nonexistent");
    }

    @Test
    void tlsThatTheServerDoesNotOffer() {
        expect(
                dsn().withParameter("sslmode", "require"),
                "connect-tls",
                "does not offer TLS",
                "sslmode=prefer");
    }

    @Test
    void aServerThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Dsn dsn =
                    Dsn.of("127.0.0.1", silent.getLocalPort(), "postgres", "postgres")
                            .withParameter("connect_timeout", "1");
            expect(dsn, "connect-unreachable", "no answer in time", "connect_timeout");
        }
    }

    @Test
    void somethingElseThatListens() throws Exception {
        String http = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        try (Speaker speaker = new Speaker(http)) {
            HowdahException failure = failure(speaker.dsn());
            assertThat(failure.code()).as(failure.getMessage()).isEqualTo("connect-not-postgresql");
        }
        try (Speaker speaker = new Speaker("SSH-2.0-OpenSSH_9.2\r\n")) {
            HowdahException failure = failure(speaker.dsn());
            assertThat(failure.code()).as(failure.getMessage()).isEqualTo("connect-not-postgresql");
        }
        try (Speaker speaker = new Speaker("")) {
            HowdahException failure = failure(speaker.dsn());
            assertThat(failure.code()).as(failure.getMessage()).isEqualTo("connect-not-postgresql");
        }
    }

    /** Says the same to everyone and hangs up. */
    private static final class Speaker implements AutoCloseable {
        private final ServerSocket socket =
                new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final AtomicBoolean open = new AtomicBoolean(true);

        Speaker(String text) throws IOException {
            Thread.ofVirtual().start(() -> speak(text));
        }

        Dsn dsn() {
            return Dsn.of("127.0.0.1", socket.getLocalPort(), "postgres", "postgres");
        }

        private void speak(String text) {
            while (open.get()) {
                try (Socket client = socket.accept();
                        InputStream in = client.getInputStream()) {
                    if (in.read() >= 0) {
                        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                    }
                    client.shutdownOutput();
                    in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException closed) {
                    // The next one, or the end.
                }
            }
        }

        @Override
        public void close() throws IOException {
            open.set(false);
            socket.close();
        }
    }
}
