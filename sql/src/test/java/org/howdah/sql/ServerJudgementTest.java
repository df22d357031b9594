package org.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.howdah.embedded.ClusterOptions;
import org.howdah.embedded.Host;
import org.howdah.embedded.LocalCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * What a real server refuses as a write is never held for a read: in a read-only transaction of the
 * writer, and on a reader.
 */
class ServerJudgementTest {

    /**
     * read_only_sql_transaction, and what a server in recovery says of functions that it cannot
     * run.
     */
    private static final Set<String> REFUSED_AS_WRITE = Set.of("25006", "55000");

    private static LocalCluster cluster;
    private static VolatileFunctions learned;

    @BeforeAll
    static void start() throws SQLException {
        cluster = LocalCluster.temporary(ClusterOptions.throwaway().withReaders(1), Host.local());
        try (Connection writer = cluster.writer().connect();
                Statement statement = writer.createStatement()) {
            statement.execute(Corpus.SCHEMA);
        }
        Awaitility.await().until(ServerJudgementTest::readerHasTheSchema);
        learned = VolatileFunctions.builtIn().and(names(VolatileFunctions.LEARN));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static boolean readerHasTheSchema() throws SQLException {
        try (Connection reader = cluster.readers().getFirst().connect();
                Statement statement = reader.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT count(*) FROM pg_proc WHERE proname = 'empty_it'")) {
            return rows.next() && rows.getInt(1) == 1;
        }
    }

    private static List<String> names(String query) throws SQLException {
        try (Connection connection = cluster.writer().connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    @Test
    void whatAReadOnlyTransactionRefusesIsNoRead() throws SQLException {
        try (Connection connection = cluster.writer().connect()) {
            judge(connection);
        }
    }

    @Test
    void whatAReaderRefusesIsNoRead() throws SQLException {
        try (Connection connection = cluster.readers().getFirst().connect()) {
            judge(connection);
        }
    }

    private static void judge(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        var misjudged = new ArrayList<String>();
        int refusals = 0;
        for (String sql : Corpus.statements()) {
            if (REFUSED_AS_WRITE.contains(state(connection, sql))) {
                refusals++;
                if (kind(learned, sql) == StatementKind.READ) {
                    misjudged.add(sql);
                }
            }
        }
        assertThat(misjudged).isEmpty();
        assertThat(refusals).isGreaterThan(200);
    }

    @Test
    void readsAreHeldForReadsButForVeryFew() throws SQLException {
        var detours = new ArrayList<String>();
        try (Connection connection = cluster.readers().getFirst().connect()) {
            connection.setAutoCommit(false);
            for (String sql : Corpus.reads()) {
                assertThat(state(connection, sql)).as(sql).isEqualTo("00000");
                if (kind(learned, sql) != StatementKind.READ) {
                    detours.add(sql);
                }
            }
        }
        // A column that is named as a statement begins, behind WITH and a parenthesis.
        assertThat(detours)
                .allMatch(sql -> sql.contains("WITH") && sql.contains("count(merge)"))
                .hasSizeLessThan(5);
    }

    private static StatementKind kind(VolatileFunctions functions, String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new Classifier(functions).whole(bytes, 0, bytes.length).kind();
    }

    /**
     * What the server says to the statement in a read-only transaction: 00000 or why it refuses.
     */
    private static String state(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION READ ONLY");
            run(connection, statement, sql);
            return "00000";
        } catch (SQLException refused) {
            return String.valueOf(refused.getSQLState());
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        } finally {
            connection.rollback();
        }
    }

    private static void run(Connection connection, Statement statement, String sql)
            throws SQLException, java.io.IOException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        if (sql.startsWith("COPY") && sql.endsWith("STDOUT")) {
            copy.copyOut(sql, OutputStream.nullOutputStream());
        } else if (sql.startsWith("COPY")) {
            copy.copyIn(sql, new StringReader("70\t1\n"));
        } else {
            statement.execute(sql);
        }
    }

    @Test
    void everyVolatileFunctionOfTheServerIsInAList() throws SQLException {
        var known = new TreeSet<String>();
        known.addAll(BuiltInFunctions.SESSION);
        known.addAll(BuiltInFunctions.SETTING);
        known.addAll(BuiltInFunctions.ADVISORY);
        known.addAll(BuiltInFunctions.SEQUENCE);
        known.addAll(BuiltInFunctions.LASTING);
        known.addAll(BuiltInFunctions.SLOT);
        known.addAll(BuiltInFunctions.WRITES);
        known.addAll(BuiltInFunctions.HARMLESS);
        var volatileOnes =
                names(
                        """
                        SELECT DISTINCT proname FROM pg_proc
                         WHERE provolatile = 'v' AND pronamespace = 'pg_catalog'::regnamespace
                           AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype,
                                                  'index_am_handler'::regtype, 'table_am_handler'::regtype,
                                                  'tsm_handler'::regtype, 'fdw_handler'::regtype, 'language_handler'::regtype)
                        """);
        assertThat(volatileOnes).hasSizeGreaterThan(200);
        assertThat(known).containsAll(volatileOnes);
        assertThat(BuiltInFunctions.HARMLESS)
                .doesNotContainAnyElementsOf(BuiltInFunctions.WRITES)
                .doesNotContainAnyElementsOf(BuiltInFunctions.SESSION);
        assertThat(BuiltInFunctions.WRITES)
                .doesNotContainAnyElementsOf(BuiltInFunctions.SESSION)
                .doesNotHaveDuplicates();
    }

    @Test
    void theTestCanFail() throws SQLException {
        try (Connection connection = cluster.writer().connect()) {
            connection.setAutoCommit(false);
            String call = "SELECT app.log_access(5)";
            assertThat(state(connection, call)).isEqualTo("25006");
            assertThat(kind(VolatileFunctions.builtIn(), call))
                    .as("without what is learned")
                    .isEqualTo(StatementKind.READ);
            assertThat(kind(learned, call)).isEqualTo(StatementKind.WRITE);
        }
    }
}
