package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.awaitility.Awaitility;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that keep their server connections: since when, why, and until when. */
class PinTest {

    private static final String SIMPLE = "preferQueryMode=simple";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute(
                """
                CREATE FUNCTION public.take() RETURNS void LANGUAGE plpgsql AS
                  'BEGIN PERFORM pg_advisory_lock(5); CREATE TEMPORARY TABLE kept (); END';
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestProxy proxy() {
        return TestProxy.start(TestSettings.of(server.port()).poolSize(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CREATE TEMP TABLE t ()                       | DROP TABLE t                  | TEMPORARY_OBJECT
                    CREATE TEMP TABLE t ()                       | DISCARD TEMP                  | TEMPORARY_OBJECT
                    SELECT 7 AS x INTO TEMP t                    | DROP TABLE t                  | TEMPORARY_OBJECT
                    CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1' | DISCARD ALL | TEMPORARY_OBJECT
                    CREATE TABLE pg_temp.t ()                    | DROP TABLE pg_temp.t          | TEMPORARY_OBJECT
                    SELECT pg_advisory_lock(1)                   | SELECT pg_advisory_unlock(1)  | ADVISORY_LOCK
                    SELECT pg_try_advisory_lock_shared(1, 2)     | SELECT pg_advisory_unlock_all() | ADVISORY_LOCK
                    DO 'BEGIN PERFORM pg_advisory_lock(3); END'  | SELECT pg_advisory_unlock(3)  | ADVISORY_LOCK
                    DECLARE c CURSOR WITH HOLD FOR SELECT 1      | CLOSE c                       | HELD_CURSOR
                    DECLARE c CURSOR WITH HOLD FOR SELECT 1      | CLOSE ALL                     | HELD_CURSOR
                    PREPARE p AS SELECT 1                        | DEALLOCATE p                  | SQL_PREPARED
                    PREPARE p AS SELECT 1                        | DEALLOCATE ALL                | SQL_PREPARED
                    PREPARE p AS SELECT 1                        | DISCARD ALL                   | SQL_PREPARED
                    DO 'BEGIN LISTEN c; END'                     | UNLISTEN c                    | LISTENING
                    """)
    void aPinLastsAsLongAsItsReason(String begin, String end, Pin reason) throws Exception {
        try (TestProxy proxy = proxy();
                Connection connection = proxy.connect(SIMPLE)) {
            int backend = backend(connection);
            run(connection, begin);
            assertThat(backend(connection)).isEqualTo(backend);
            assertThat(proxy.pins()).containsExactly(Set.of(reason));
            run(connection, end);
            backend(connection);
            assertThat(proxy.pins()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    BEGIN; CREATE TEMP TABLE t (); ROLLBACK
                    BEGIN; CREATE TEMP TABLE t () ON COMMIT DROP; COMMIT
                    SELECT pg_advisory_lock(1), pg_advisory_unlock(1)
                    BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT 1; ROLLBACK
                    BEGIN; SELECT pg_advisory_xact_lock(1); COMMIT
                    PREPARE p AS SELECT 1; DEALLOCATE p
                    SELECT set_config('work_mem', '9MB', true)
                    CREATE INDEX ON public.nothing (x)
                    """)
    void whatLeavesNothingDoesNotPin(String sql) throws Exception {
        try (TestProxy proxy = proxy();
                Connection connection = proxy.connect(SIMPLE)) {
            try {
                run(connection, sql);
            } catch (SQLException failed) {
                assertThat(failed.getSQLState()).startsWith("42");
            }
            backend(connection);
            assertThat(proxy.pins()).isEmpty();
        }
    }

    @Test
    void aFunctionThatPinsIsKnown() throws Exception {
        try (TestProxy proxy = proxy();
                Connection connection = proxy.connect()) {
            run(connection, "SELECT public.take()");
            backend(connection);
            assertThat(proxy.pins())
                    .containsExactly(Set.of(Pin.TEMPORARY_OBJECT, Pin.ADVISORY_LOCK));
        }
    }

    @Test
    void whoLeavesLeavesNothingBehind() throws Exception {
        TestSettings settings = TestSettings.of(server.port()).poolSize(1);
        try (TestProxy proxy = TestProxy.start(settings);
                Connection next = proxy.connect(SIMPLE)) {
            int backend = backend(next);
            try (Connection connection = proxy.connect(SIMPLE)) {
                run(connection, "CREATE TEMP TABLE t (); SELECT pg_advisory_lock(9)");
                backend(connection);
                assertThat(proxy.pins()).hasSize(1);
            }
            assertThat(backend(next)).isEqualTo(backend);
            try (Connection connection = proxy.connect(SIMPLE)) {
                run(connection, "SELECT setseed(0.1)");
            }
            assertThat(backend(next)).isNotEqualTo(backend);
        }
    }

    @Test
    void aServerThatDiesTakesItsPinnedClientAlong() throws Exception {
        try (TestProxy proxy = proxy();
                Connection other = proxy.connect(SIMPLE);
                Connection connection = proxy.connect(SIMPLE)) {
            run(connection, "CREATE TEMP TABLE t ()");
            run(other, "SELECT pg_terminate_backend(" + backend(connection) + ")");
            assertThatThrownBy(() -> run(connection, "SELECT * FROM t"))
                    .isInstanceOf(SQLException.class);
            Awaitility.await().until(() -> proxy.pins().isEmpty());
            assertThat(backend(other)).isPositive();
        }
    }

    @Test
    void theConsoleShowsThem() throws Exception {
        try (TestProxy proxy = proxy();
                Connection connection = proxy.connect(SIMPLE);
                Connection console =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:"
                                        + proxy.port()
                                        + "/pgbouncer?user=postgres&sslmode=disable&"
                                        + SIMPLE);
                Statement statement = console.createStatement()) {
            run(connection, "CREATE TEMP TABLE t ()");
            int backend = backend(connection);
            try (ResultSet rows = statement.executeQuery("SHOW PINS")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("database")).isEqualTo(TestSettings.DATABASE);
                assertThat(rows.getString("reasons")).isEqualTo("temporary table");
                assertThat(rows.getInt("server_pid")).isEqualTo(backend);
                assertThat(rows.next()).isFalse();
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

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
