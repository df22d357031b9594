package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.howdah.embedded.TestServer;
import org.howdah.transport.TransportKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/**
 * The same use of the JDBC driver directly, and through the proxy in session and in transaction
 * mode, in each of the driver's query modes: the results must be the same.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DriverTest {

    private static TestServer server;
    private static TestProxy session;
    private static TestProxy transaction;
    private static TestProxy ring;

    /** How a connection gets to the server. */
    enum Way {
        DIRECT,
        SESSION,
        TRANSACTION,
        TRANSACTION_BY_RING
    }

    @BeforeAll
    static void start() {
        server = TestServer.start();
        session = proxy(PoolMode.SESSION, TransportKind.NIO);
        transaction = proxy(PoolMode.TRANSACTION, TransportKind.NIO);
        ring = proxy(PoolMode.TRANSACTION, TransportKind.IO_URING);
        server.execute("CREATE TABLE things (id serial PRIMARY KEY, name text, at timestamptz)");
    }

    private static TestProxy proxy(PoolMode mode, TransportKind transport) {
        return TestProxy.start(
                TestSettings.of(server.port()).mode(mode).transport(transport).poolSize(2));
    }

    @AfterAll
    static void stop() {
        ring.close();
        transaction.close();
        session.close();
        server.close();
    }

    static Stream<Arguments> ways() {
        return Stream.of(Way.values())
                .flatMap(way ->
                        Stream.of(
                                        "simple",
                                        "extended",
                                        "extendedForPrepared",
                                        "extendedCacheEverything")
                                .map(mode -> Arguments.of(way, mode)));
    }

    private static Connection connect(Way way, String mode, String... more) throws SQLException {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("preferQueryMode=" + mode);
        options.add("prepareThreshold=2");
        if (way == Way.DIRECT) {
            options.add("database=postgres");
        }
        String[] all = options.toArray(String[]::new);
        return switch (way) {
            case DIRECT -> TestProxy.connectTo(server.port(), all);
            case SESSION -> session.connect(all);
            case TRANSACTION -> transaction.connect(all);
            case TRANSACTION_BY_RING -> ring.connect(all);
        };
    }

    @ParameterizedTest
    @MethodSource("ways")
    void preparedStatementsAndTypes(Way way, String mode) throws SQLException {
        OffsetDateTime at = OffsetDateTime.of(2026, 11, 20, 12, 34, 56, 0, ZoneOffset.UTC);
        try (Connection connection = connect(way, mode);
                PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT ?::int + 1, ?::text, ?::timestamptz, ?::int[], ?::bytea")) {
            for (int i = 0; i < 12; i++) {
                statement.setInt(1, i);
                statement.setString(2, "text " + i);
                statement.setObject(3, at);
                Array numbers = connection.createArrayOf("int4", new Integer[] {i, i + 1});
                statement.setArray(4, numbers);
                statement.setBytes(5, new byte[] {0, (byte) i, -1});
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i + 1);
                    assertThat(rows.getString(2)).isEqualTo("text " + i);
                    assertThat(rows.getObject(3, OffsetDateTime.class)).isEqualTo(at);
                    assertThat((Integer[]) rows.getArray(4).getArray()).containsExactly(i, i + 1);
                    assertThat(rows.getBytes(5)).containsExactly(0, i, -1);
                    assertThat(rows.getMetaData().getColumnCount()).isEqualTo(5);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void cursorsFetchPieceByPiece(Way way, String mode) throws SQLException {
        try (Connection connection = connect(way, mode)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    Statement between = connection.createStatement()) {
                statement.setFetchSize(7);
                int count = 0;
                try (ResultSet rows =
                        statement.executeQuery("SELECT g FROM generate_series(1, 100) g")) {
                    while (rows.next()) {
                        count++;
                        assertThat(rows.getInt(1)).isEqualTo(count);
                        if (count % 20 == 0) {
                            between.execute("SELECT 1");
                        }
                    }
                }
                assertThat(count).isEqualTo(100);
            }
            connection.commit();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void batchesAndGeneratedKeys(Way way, String mode) throws SQLException {
        for (String rewrite : List.of("true", "false")) {
            try (Connection connection = connect(way, mode, "reWriteBatchedInserts=" + rewrite);
                    PreparedStatement insert =
                            connection.prepareStatement(
                                    "INSERT INTO things (name) VALUES (?)",
                                    Statement.RETURN_GENERATED_KEYS)) {
                for (int i = 0; i < 300; i++) {
                    insert.setString(1, "thing " + i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(300);
                int keys = 0;
                try (ResultSet generated = insert.getGeneratedKeys()) {
                    while (generated.next()) {
                        keys++;
                        assertThat(generated.getInt("id")).isPositive();
                    }
                }
                assertThat(keys).isEqualTo(300);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anErrorInABatchIsReported(Way way, String mode) throws SQLException {
        try (Connection connection = connect(way, mode);
                PreparedStatement divide = connection.prepareStatement("SELECT 1 / ?::int")) {
            for (int i = 3; i >= -3; i--) {
                divide.setInt(1, i);
                divide.addBatch();
            }
            assertThatThrownBy(divide::executeBatch)
                    .isInstanceOf(BatchUpdateException.class)
                    .hasMessageContaining("division by zero");
            divide.clearBatch();
            divide.setInt(1, 1);
            try (ResultSet rows = divide.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void savepointsAndAutosave(Way way, String mode) throws SQLException {
        try (Connection connection = connect(way, mode, "autosave=always");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TEMP TABLE kept (id int) ON COMMIT DROP");
            statement.execute("INSERT INTO kept VALUES (1)");
            Savepoint here = connection.setSavepoint("here");
            statement.execute("INSERT INTO kept VALUES (2)");
            connection.rollback(here);
            assertThatThrownBy(() -> statement.execute("SELECT 1/0"))
                    .hasMessageContaining("division by zero");
            try (ResultSet rows = statement.executeQuery("SELECT array_agg(id) FROM kept")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("{1}");
            }
            connection.commit();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void copyBothWays(Way way, String mode) throws SQLException, IOException {
        try (Connection connection = connect(way, mode);
                Statement statement = connection.createStatement()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            String table = "copied_" + way.name().toLowerCase(Locale.ROOT) + "_" + mode;
            statement.execute("DROP TABLE IF EXISTS " + table);
            statement.execute("CREATE TABLE " + table + " (id int, name text)");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 20_000; i++) {
                lines.append(i).append("\tname ").append(i).append('\n');
            }
            String in = "COPY " + table + " FROM STDIN";
            assertThat(copy.copyIn(in, new StringReader(lines.toString()))).isEqualTo(20_000);
            assertThatThrownBy(() -> copy.copyIn(in, new StringReader("1\ta\tb\n")))
                    .hasMessageContaining("extra data");
            var canceled = copy.copyIn(in);
            canceled.writeToCopy("1\ta\n".getBytes(StandardCharsets.UTF_8), 0, 4);
            canceled.cancelCopy();
            StringWriter out = new StringWriter();
            assertThat(copy.copyOut("COPY " + table + " TO STDOUT", out)).isEqualTo(20_000);
            assertThat(out.toString()).isEqualTo(lines.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aCancelEndsTheStatementOnly(Way way, String mode) throws SQLException {
        try (Connection connection = connect(way, mode);
                Statement statement = connection.createStatement()) {
            Thread canceler =
                    Thread.startVirtualThread(() -> {
                        try {
                            TimeUnit.MILLISECONDS.sleep(150);
                            statement.cancel();
                        } catch (SQLException | InterruptedException failure) {
                            throw new AssertionError(failure);
                        }
                    });
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(30)"))
                    .isInstanceOf(SQLException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("57014");
            try (ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(rows.next()).isTrue();
            }
            assertThat(canceler.isInterrupted()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void largeObjectsAndLargeValues(Way way, String mode) throws SQLException {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        try (Connection connection = connect(way, mode)) {
            connection.setAutoCommit(false);
            LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
            long id = objects.createLO(LargeObjectManager.READWRITE);
            try (LargeObject object = objects.open(id, LargeObjectManager.READWRITE)) {
                object.write(bytes);
                object.seek(0);
                assertThat(object.read(bytes.length)).isEqualTo(bytes);
            }
            objects.delete(id);
            connection.commit();
            connection.setAutoCommit(true);
            String text = "äö".repeat(2_500_000);
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT ?::text, length(?::text)")) {
                statement.setString(1, text);
                statement.setString(2, text);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    assertThat(rows.getString(1).equals(text)).isTrue();
                    assertThat(rows.getInt(2)).isEqualTo(5_000_000);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void notificationsArrive(Way way, String mode) throws SQLException {
        try (Connection listener = connect(way, mode);
                Connection sender = connect(way, mode)) {
            listener.createStatement().execute("LISTEN news");
            sender.createStatement().execute("NOTIFY news, 'here'");
            var notices = listener.unwrap(PGConnection.class).getNotifications(5000);
            assertThat(notices).hasSize(1);
            assertThat(notices[0].getParameter()).isEqualTo("here");
        }
    }
}
