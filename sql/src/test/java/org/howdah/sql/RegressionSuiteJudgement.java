package org.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.howdah.embedded.EmbeddedException;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.Test;

/**
 * The classifier against PostgreSQL's own regression suite, whose files are not part of this
 * project: each statement is first tried in a read-only transaction, and then run, since the next
 * ones need what it makes. Takes minutes; not run by default (its name does not end in Test).
 * docs/performance.md tells how.
 */
class RegressionSuiteJudgement {

    private static final String WRITE_REFUSED = "25006";

    /** What ends the transaction in which it is tried, needs psql, or stops the server. */
    private static final Pattern LEFT_OUT =
            Pattern.compile(
                    "(?is)(begin|start|commit|end|rollback|abort|prepare transaction|savepoint|release|set transaction|copy|vacuum"
                            + "|set session auth|set role|discard|.*(pg_sleep|pg_terminate|pg_cancel|pg_reload|tablespace|create database)).*");

    private final List<String> misjudged = new ArrayList<>();
    private int judged;
    private int refused;
    private int reads;

    @Test
    void nothingThatIsRefusedIsHeldForARead() throws IOException {
        var directory = Path.of(System.getProperty("regress"));
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sql")).sorted().toList()) {
                // Some files spoil the server that they run on.
                try (TestServer server = TestServer.start();
                        Connection connection = server.connect()) {
                    judge(connection, Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (SQLException | EmbeddedException lost) {
                    System.out.println(file.getFileName() + " ended early: " + lost.getMessage());
                }
            }
        }
        System.out.printf(
                "%d statements, %d refused as writes, %d held for reads%n", judged, refused, reads);
        assertThat(misjudged).isEmpty();
        assertThat(refused).isGreaterThan(1000);
    }

    private void judge(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(5);
            var functions = VolatileFunctions.builtIn();
            for (String sql : SqlText.statements(withoutPsql(script))) {
                if (!LEFT_OUT.matcher(sql).matches()) {
                    judge(connection, statement, functions, sql);
                    functions = runAndLearn(statement, functions, sql);
                }
            }
        }
    }

    private void judge(
            Connection connection, Statement statement, VolatileFunctions functions, String sql)
            throws SQLException {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        boolean standard =
                text(statement, "SHOW standard_conforming_strings").getFirst().equals("on");
        var classifier = new Classifier(functions).standardConformingStrings(standard);
        boolean read = classifier.whole(bytes, 0, bytes.length).kind() == StatementKind.READ;
        boolean write = false;
        connection.setAutoCommit(false);
        try {
            statement.execute("SET TRANSACTION READ ONLY");
            statement.execute(sql);
        } catch (SQLException failed) {
            write = WRITE_REFUSED.equals(failed.getSQLState());
        }
        connection.rollback();
        connection.setAutoCommit(true);
        judged++;
        reads += read ? 1 : 0;
        refused += write ? 1 : 0;
        if (read && write) {
            misjudged.add(sql);
        }
    }

    private static VolatileFunctions runAndLearn(
            Statement statement, VolatileFunctions functions, String sql) {
        try {
            statement.execute(sql);
            return Classifier.of(sql).action() == StatementAction.DEFINE
                    ? VolatileFunctions.builtIn().and(text(statement, VolatileFunctions.LEARN))
                    : functions;
        } catch (SQLException expected) {
            // Much in the suite is meant to fail, or fails here since psql's own commands are left
            // out.
            return functions;
        }
    }

    private static List<String> text(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** The file without psql's commands and without the data of COPY ... FROM STDIN. */
    private static String withoutPsql(String script) {
        var kept = new StringBuilder();
        boolean data = false;
        for (String line : script.lines().toList()) {
            if (data) {
                data = !line.equals("\\.");
            } else if (!line.startsWith("\\")) {
                kept.append(line.replaceAll("\\\\(g|bind|parse).*$", ";")).append('\n');
                data = line.matches("(?i)copy .*from stdin.*;\\s*");
            }
        }
        return kept.toString();
    }
}
