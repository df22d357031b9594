package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The guards of a session, seen from the server. */
class SessionTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute("CREATE TABLE public.crate (id int)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Dsn dsn() {
        return Dsn.of("127.0.0.1", server.port(), "postgres", "postgres");
    }

    private static String setting(Session session, String name) {
        return session.one("SELECT pg_catalog.current_setting(?)", row -> row.getString(1), name);
    }

    @Test
    void aReadingSessionIsGuarded() {
        try (Session session = Session.open(dsn(), SessionOptions.reading("test"))) {
            assertThat(setting(session, "application_name")).isEqualTo("howdah/test");
            assertThat(setting(session, "statement_timeout")).isEqualTo("5s");
            assertThat(setting(session, "lock_timeout")).isEqualTo("100ms");
            assertThat(setting(session, "idle_in_transaction_session_timeout")).isEqualTo("30s");
            assertThat(setting(session, "default_transaction_read_only")).isEqualTo("on");
            assertThat(setting(session, "search_path")).isEmpty();
            assertThat(session.version().major()).isEqualTo(18);
            assertThatThrownBy(() -> session.execute("DELETE FROM public.crate"))
                    .hasMessageContaining("read-only");
            assertThatThrownBy(() -> session.execute("SELECT 1 FROM crate"))
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void theOwnersOptionsCannotLoosenTheGuards() {
        Dsn loose = dsn().withParameter("options", "-c statement_timeout=0 -c geqo=off");
        try (Session session = Session.open(loose, SessionOptions.reading("test"))) {
            assertThat(setting(session, "geqo")).isEqualTo("off");
            assertThat(setting(session, "statement_timeout")).isEqualTo("5s");
        }
    }

    @Test
    void aStatementThatTakesTooLongEnds() {
        SessionOptions hasty =
                SessionOptions.reading("test").withStatementTimeout(Duration.ofMillis(50));
        try (Session session = Session.open(dsn(), hasty)) {
            assertThatThrownBy(() -> session.execute("SELECT pg_catalog.pg_sleep(30)"))
                    .hasMessageContaining("statement timeout");
        }
    }

    @Test
    void aLockThatIsHeldIsNotWaitedFor() throws SQLException {
        try (Connection owner = server.connect();
                Statement statement = owner.createStatement();
                Session session = Session.open(dsn(), SessionOptions.reading("test"))) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE public.crate IN ACCESS EXCLUSIVE MODE");
            StatementException locked =
                    catchThrowableOfType(
                            StatementException.class,
                            () -> session.execute("SELECT * FROM public.crate"));
            assertThat(locked.sqlState()).isEqualTo("55P03");
            owner.rollback();
        }
    }

    @Test
    void anotherThreadCanCancel() throws Exception {
        try (Session session = Session.open(dsn(), SessionOptions.watched("test"));
                Session observer = Session.open(dsn(), SessionOptions.reading("test"));
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<?> sleeping =
                    executor.submit(() -> session.execute("SELECT pg_catalog.pg_sleep(600)"));
            String state = "SELECT wait_event FROM pg_catalog.pg_stat_activity WHERE pid = ?";
            Awaitility.await()
                    .until(
                            () ->
                                    observer.query(
                                            state,
                                            row -> String.valueOf(row.getString(1)),
                                            session.backendPid()),
                            List.of("PgSleep")::equals);
            session.cancel();
            assertThatThrownBy(() -> sleeping.get(10, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageContaining("user request");
            assertThat(setting(session, "application_name")).isEqualTo("howdah/test");
        }
    }

    @Test
    void worksOverAUnixSocket() throws Exception {
        Dsn socket =
                Dsn.of(
                        server.server().socketDirectory().toString(),
                        server.port(),
                        "postgres",
                        "postgres");
        try (Session session = Session.open(socket, SessionOptions.reading("test"));
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            String client =
                    session.one(
                            "SELECT coalesce(pg_catalog.inet_client_addr()::text, 'socket')",
                            row -> row.getString(1));
            assertThat(client).isEqualTo("socket");
            // More than any buffer, in both directions.
            String megabytes = "x".repeat(4_000_000);
            String echo = session.one("SELECT ?::text", row -> row.getString(1), megabytes);
            assertThat(echo).isEqualTo(megabytes);
            assertThatThrownBy(() -> session.execute("SELECT pg_catalog.pg_sleep(30)"))
                    .hasMessageContaining("statement timeout");
            // The driver's own limit on the silence of a server uses the socket's.
            session.connection().setNetworkTimeout(executor, 100);
            StatementException silent =
                    catchThrowableOfType(
                            StatementException.class,
                            () -> session.execute("SELECT pg_catalog.pg_sleep(3)"));
            assertThat(silent.sqlState()).isEqualTo("08006");
        }
    }

    @Test
    void takesTheFirstHostThatAnswers() {
        Dsn.Host dead = new Dsn.Host("127.0.0.1", 1);
        Dsn.Host noSocket = new Dsn.Host("/nonexistent", 5432);
        Dsn.Host alive = dsn().hosts().getFirst();
        Dsn several =
                new Dsn(
                        List.of(dead, noSocket, alive),
                        "postgres",
                        "postgres",
                        dsn().password(),
                        dsn().parameters());
        try (Session session =
                Session.open(
                        several.withParameter("target_session_attrs", "primary"),
                        SessionOptions.reading("test"))) {
            assertThat(session.dsn().hosts()).containsExactly(alive);
        }
        try (Session session =
                Session.open(
                        several.withParameter("target_session_attrs", "prefer-standby"),
                        SessionOptions.reading("test"))) {
            assertThat(session.dsn().hosts()).containsExactly(alive);
        }
        assertThatThrownBy(() ->
                        Session.open(
                                several.withParameter("target_session_attrs", "standby"),
                                SessionOptions.reading("test")))
                .hasMessageContaining("127.0.0.1:1/postgres: connection refused")
                .hasMessageContaining("no server listens on this socket")
                .hasMessageContaining("it is a primary");
    }
}
