package org.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fingerprint against pg_stat_statements: of the text that was sent, of the text that is kept,
 * and by the server's own grouping.
 */
class QueryIdentifierTest {

    /** Statements that are the same but for their constants. */
    private static final List<List<String>> GROUPS =
            List.of(
                    List.of("SELECT 1", "select   2 ", "/* app */ SELECT -3", "SELECT 4 -- end"),
                    List.of("SELECT 'a'", "SELECT E'b\\'c'", "SELECT $q$d$q$"),
                    List.of(
                            "SELECT * FROM t WHERE a = 1 AND b = 'x'",
                            "select * from T where A=-1 and \"b\"='y'"),
                    List.of(
                            "SELECT a FROM t WHERE a IN (1, 2, 3)",
                            "SELECT a FROM t WHERE a IN (4,5,6)"),
                    List.of(
                            "SELECT a FROM t WHERE a IN (1, 2, 3, 4)",
                            "SELECT a FROM t WHERE a IN (4,5,6,7)"),
                    List.of(
                            "SELECT a FROM t WHERE a IN (-1, -2)",
                            "SELECT a FROM t WHERE a IN (3, 4)"),
                    List.of(
                            "SELECT a FROM t WHERE a IN (1::int, 2::int)",
                            "SELECT a FROM t WHERE a IN (3::int,4::int)"),
                    List.of(
                            "SELECT a FROM t WHERE d IN (date '2026-01-01', date '2026-02-01')",
                            "SELECT a FROM t WHERE d IN (date '2026-01-02', date '2026-02-02')"),
                    List.of(
                            "SELECT ARRAY[[1, 2], [3, 4]], (ARRAY[[1]])[1][1]",
                            "SELECT ARRAY[[5, 6], [7, 8]], (ARRAY[[2]])[3][4]"),
                    List.of(
                            "SELECT 'x' IS NFC NORMALIZED, normalize('y', NFD)",
                            "SELECT 'z' IS NFC NORMALIZED, normalize('', NFD)"),
                    List.of("SELECT a FROM t WHERE a IN (CAST(1 AS int), CAST(2 AS int))"),
                    List.of("SELECT a FROM t WHERE a IN (CAST(1 AS int), a, 5)"),
                    List.of("SELECT a FROM t WHERE a IN (1::int, abs(a), '5'::int)"),
                    List.of("SELECT a FROM t WHERE a > ANY (ARRAY['1'::int, 2])"),
                    List.of("SELECT a FROM t WHERE b IN (upper('x'), upper('y'))"),
                    List.of("SELECT a FROM t WHERE a IN (1 + 1, 2)"),
                    List.of(
                            "SELECT a FROM t WHERE b IN ('x', NULL)",
                            "SELECT a FROM t WHERE b IN ('x', 'y')"),
                    List.of("SELECT a FROM t WHERE (a, b) IN ((1, 'x'), (2, 'y'))"),
                    List.of("SELECT ARRAY[1, 2], ARRAY['a']", "SELECT ARRAY[3, 4], ARRAY['b']"),
                    List.of(
                            "INSERT INTO t (a, b) VALUES (1, 'x')",
                            "INSERT INTO t (a, b) VALUES (2, NULL)"),
                    List.of(
                            "INSERT INTO t (a) VALUES (1), (2)",
                            "INSERT INTO t (a) VALUES (3), (4)"),
                    List.of(
                            "UPDATE t SET b = 'x', a = a - 1 WHERE a = -5",
                            "UPDATE t SET b = NULL, a = a - 2 WHERE a = 6"),
                    List.of("DELETE FROM t WHERE a < 0 - 1", "DELETE FROM t WHERE a < 0 -2"),
                    List.of(
                            "SELECT a, count(*) FROM t GROUP BY 1 ORDER BY 1 DESC, 2 LIMIT 5 OFFSET 1"),
                    List.of(
                            "SELECT a, count(*) FROM t GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 6 OFFSET 2"),
                    List.of(
                            "SELECT a, row_number() OVER (ORDER BY 1) FROM t",
                            "SELECT a, row_number() OVER (ORDER BY 2) FROM t"),
                    List.of(
                            "SELECT true, NULL, a IS NULL, a = 1 IS TRUE FROM t",
                            "SELECT false, NULL, a IS NULL, a = 2 IS TRUE FROM t"),
                    List.of(
                            "SELECT interval '1 day', '1'::int, date '2026-01-01'",
                            "SELECT interval '2 days', '2'::int, date '2027-01-01'"),
                    List.of("SELECT -1::int, - 2, 1 - -1, -1.5", "SELECT -3::int, 4, 5 - 6, 7.5"),
                    List.of(
                            "SELECT CASE WHEN a = 1 THEN -1 ELSE 0 END FROM t",
                            "SELECT CASE WHEN a = 2 THEN 5 ELSE -7 END FROM t"),
                    List.of(
                            "SELECT a FROM t WHERE a BETWEEN -1 AND 1",
                            "SELECT a FROM t WHERE a BETWEEN 1 AND 2"),
                    List.of(
                            "SELECT c->>'x', c->'y'->0 FROM t WHERE c @> '{}'",
                            "SELECT c->>'z', c->'w'->1 FROM t WHERE c @> '{\"a\":1}'"),
                    List.of("SELECT a FROM t WHERE a <> 1", "SELECT a FROM t WHERE a != 2"),
                    List.of(
                            "SELECT x.a FROM t x INNER JOIN t y ON x.a = y.a LEFT OUTER JOIN t z ON z.a = 1",
                            "SELECT x.a FROM t x JOIN t y ON x.a = y.a LEFT JOIN t z ON z.a = 2"),
                    List.of(
                            "SELECT substring('abc' FROM 1 FOR 2), extract(year FROM now()), position('a' IN 'b')",
                            "SELECT substring('d' FROM 2 FOR 3), extract(year FROM now()), position('c' IN 'd')"),
                    List.of(
                            "SELECT a FROM t WHERE a = ANY ('{1,2}') AND b LIKE 'x%' ESCAPE '!'",
                            "SELECT a FROM t WHERE a = ANY ('{3}') AND b LIKE 'y%' ESCAPE '!'"),
                    List.of(
                            "WITH x AS (SELECT 1 AS n) SELECT n + 1 FROM x",
                            "WITH x AS (SELECT 2 AS n) SELECT n + 3 FROM x"),
                    List.of(
                            "SELECT a FROM t FETCH FIRST 5 ROWS ONLY",
                            "SELECT a FROM t FETCH FIRST 6 ROWS ONLY"),
                    List.of(
                            "SELECT \"Odd Name\", \"order\" FROM odd WHERE \"Odd Name\" = 1",
                            "SELECT \"Odd Name\", \"order\" FROM odd WHERE \"Odd Name\" = 2"),
                    List.of("BEGIN", "begin"),
                    List.of("SAVEPOINT one"),
                    List.of("SET work_mem = '5MB'"),
                    List.of("SHOW work_mem"),
                    List.of("CREATE TABLE made (a int DEFAULT 5 NOT NULL, b text DEFAULT 'x')"),
                    List.of("COMMIT"));

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void agreesWithTheServer(int major) throws SQLException {
        try (TestServer server = TestServer.start(major);
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            statement.execute("CREATE TABLE t (a int, b text, c jsonb, d date)");
            statement.execute("CREATE TABLE odd (\"Odd Name\" int, \"order\" int)");
            var byIdentifier = new HashMap<Long, Fingerprint>();
            for (List<String> group : GROUPS) {
                Fingerprint first = Fingerprint.of(group.getFirst());
                for (String sql : group) {
                    assertThat(Fingerprint.of(sql)).as(sql).isEqualTo(first);
                    Kept kept = keptOf(statement, sql);
                    assertThat(Fingerprint.of(kept.query()))
                            .as("%s is kept as %s", sql, kept.query())
                            .isEqualTo(first);
                    assertThat(
                                    byIdentifier.merge(
                                            kept.queryIdentifier(), first, (had, same) -> had))
                            .as("statements with the queryid of %s", sql)
                            .isEqualTo(first);
                }
            }
            // Lists of different lengths are one for us, and for the server from 18 on.
            assertThat(Set.copyOf(byIdentifier.values())).hasSizeGreaterThan(GROUPS.size() - 6);
        }
    }

    private record Kept(long queryIdentifier, String query) {}

    /** Runs the statement after a reset, so that the text that is kept is made from it. */
    private static Kept keptOf(Statement statement, String sql) throws SQLException {
        statement.execute("SELECT pg_stat_statements_reset()");
        statement.execute(sql);
        String read =
                "SELECT queryid, query FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'";
        try (var rows = statement.executeQuery(read)) {
            assertThat(rows.next()).as(sql).isTrue();
            return new Kept(rows.getLong(1), rows.getString(2));
        }
    }
}
