package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the table in docs/proxy-sessions.md. */
class SessionTableTest {

    private static final Path PAGE = Path.of("../docs/proxy-sessions.md");
    private static final List<PoolMode> MODES =
            List.of(PoolMode.SESSION, PoolMode.TRANSACTION, PoolMode.STATEMENT);

    private static final Map<PoolMode, TestProxy> PROXIES = new EnumMap<>(PoolMode.class);

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(ServerOptions.throwaway());
        server.execute(
                """
                CREATE ROLE clerk; GRANT ALL ON SCHEMA public TO clerk; CREATE SEQUENCE numbers;
                CREATE FUNCTION public.enter(name text) RETURNS text LANGUAGE plpgsql AS
                  'BEGIN PERFORM set_config(''app.tenant'', name, false); RETURN name; END';
                """);
        for (PoolMode mode : MODES) {
            PROXIES.put(
                    mode, TestProxy.start(TestSettings.of(server.port()).mode(mode).poolSize(2)));
        }
    }

    @AfterAll
    static void stop() {
        PROXIES.values().forEach(TestProxy::close);
        server.close();
    }

    static Stream<Arguments> cells() throws IOException {
        Map<String, List<String>> table = table();
        List<Arguments> cells = new ArrayList<>();
        for (SessionFeature feature : SessionFeature.values()) {
            List<String> row = table.getOrDefault(feature.row(), List.of("", "", ""));
            for (int i = 0; i < MODES.size(); i++) {
                cells.add(Arguments.of(feature, MODES.get(i), "simple", row.get(i)));
                cells.add(Arguments.of(feature, MODES.get(i), "extended", row.get(i)));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0}, {1} mode, {2}")
    @MethodSource("cells")
    void theCellIsTrue(SessionFeature feature, PoolMode mode, String protocol, String cell)
            throws Exception {
        TestProxy proxy = Objects.requireNonNull(PROXIES.get(mode));
        String query = "preferQueryMode=" + protocol;
        Connection own = proxy.connect(query, "options=-c statement_timeout=59s");
        Connection other = proxy.connect(query);
        String outcome = outcome(feature, new SessionFeature.Clients(own, other), proxy);
        assertThat(outcome).isEqualTo(cell);
        closeQuietly(own);
        closeQuietly(other);
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> proxy.pins().isEmpty());
        leavesNothing(proxy, mode);
    }

    private static String outcome(
            SessionFeature feature, SessionFeature.Clients clients, TestProxy proxy) {
        try {
            feature.use(clients);
            // What the proxy asks after the last statement goes before this.
            clients.own("SELECT 1");
        } catch (SQLException refused) {
            return "refused: " + refused.getSQLState();
        }
        List<Set<Pin>> pins = proxy.pins();
        return pins.isEmpty() ? "works" : "pins: " + pins.getFirst().iterator().next().reason();
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // The proxy has ended it, as the table says.
        }
    }

    /** Whoever comes next finds fresh sessions on both server connections. */
    private static void leavesNothing(TestProxy proxy, PoolMode mode) throws SQLException {
        List<Connection> next = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Connection connection = proxy.connect("preferQueryMode=simple");
            next.add(connection);
            if (i == 0) {
                connection.createStatement().execute("SELECT 1");
            }
            try (var rows =
                    connection
                            .createStatement()
                            .executeQuery(
                                    """
                                    SELECT (SELECT count(*) FROM pg_cursors WHERE is_holdable)
                                         + (SELECT count(*) FROM pg_prepared_statements WHERE from_sql)
                                         + (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())
                                         + (SELECT count(*) FROM pg_replication_slots WHERE active_pid = pg_backend_pid() AND NOT %s)
                                         + (SELECT count(*) FROM pg_listening_channels())
                                         + (SELECT count(*) FROM pg_depend WHERE refobjid = pg_my_temp_schema()),
                                           current_user, current_setting('work_mem'), current_setting('statement_timeout'),
                                           coalesce(current_setting('app.tenant', true), '')
                                    """
                                            .formatted(mode == PoolMode.SESSION))) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
                assertThat(rows.getString(2)).isEqualTo("postgres");
                assertThat(rows.getString(3)).isEqualTo("4MB");
                assertThat(rows.getString(4)).isEqualTo("0");
                assertThat(rows.getString(5)).isEmpty();
            }
        }
        next.forEach(SessionTableTest::closeQuietly);
    }

    @Test
    void theTableHasTheFeaturesThatAreTested() throws IOException {
        assertThat(table().keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(SessionFeature.values()).map(SessionFeature::row).toList());
    }

    private static Map<String, List<String>> table() throws IOException {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| ") && !line.startsWith("| feature")) {
                String[] cells = line.substring(1).split("\\|", -1);
                table.put(
                        cells[0].strip(),
                        List.of(cells[1].strip(), cells[2].strip(), cells[3].strip()));
            }
        }
        return table;
    }
}
