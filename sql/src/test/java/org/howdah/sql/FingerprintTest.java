package org.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    SELECT  1 ;                                        | select ?
                    select a.B,"c","Mixed","order" from T              | select a.b, c, "Mixed", "order" from t
                    SELECT * FROM t WHERE a = 'x' AND b = $3           | select * from t where a = ? and b = ?
                    SELECT count ( * ) FROM t                          | select count(*) from t
                    SELECT a FROM t WHERE b IN (1,2,  3)               | select a from t where b in (?)
                    SELECT a FROM t WHERE b IN ($1 /*, ... */)         | select a from t where b in (?)
                    SELECT a FROM t WHERE b IN(1,c,2)                  | select a from t where b in (?, c, ?)
                    SELECT a FROM t WHERE (b,c) IN ((1,2),(3,4))       | select a from t where (b, c) in ((?, ?))
                    SELECT a FROM t WHERE b IN (1::int, date '2', cast(3 as int), f(4), g(4)) | select a from t where b in (?, f(?), g(?))
                    SELECT extract(year FROM x), f(year)               | select extract(? from x), f(year)
                    SELECT x IS NFC NORMALIZED, normalize(y, nfd), nfc FROM t | select x is ? normalized, normalize(y, ?), nfc from t
                    SELECT a FROM t WHERE b IN (SELECT 1)              | select a from t where b in (select ?)
                    SELECT ARRAY[1,2,3], ARRAY[[1,2],[3,4]]            | select array[?], array[[?]]
                    SELECT ARRAY[ARRAY[1,2],ARRAY[3]]                  | select array[array[?]]
                    INSERT INTO t (a, b) VALUES (1,'x'),(2,'y'),(3,'z') | insert into t(a, b) values (?, ?)
                    INSERT INTO t VALUES (1, DEFAULT), (2, 3), (4, 5)  | insert into t values (?, default), (?, ?)
                    SELECT f(1, 2), f(1)                               | select f(?, ?), f(?)
                    SELECT -1, a -1, a - -1, (-1), -1::int, - 1.5, +1  | select ?, a - ?, a - ?, (?), - ?::int, ?, + ?
                    SELECT a[-1], b[1:-2] FROM t WHERE a=-1            | select a[?], b[? : ?] from t where a = ?
                    SELECT a BETWEEN -1 AND -2, CASE WHEN -1 THEN -2 ELSE -3 END - 4 | select a between ? and ?, case when ? then ? else ? end - ?
                    SELECT null, true, a IS NULL, b IS NOT TRUE, NOT false | select ?, ?, a is null, b is not true, not ?
                    CREATE TABLE t (a int NOT NULL)                    | create table t(a int not null)
                    SELECT interval '1 day', date '2026-11-20', 'a'::text, 1::numeric(10,2) | select interval ?, date ?, ?::text, ?::numeric(?, ?)
                    SELECT a FROM t GROUP BY 1, 2 ORDER BY 1 DESC, a + 1 LIMIT 5 OFFSET 6 | select a from t group by 1, 2 order by 1 desc, a + ? limit ? offset ?
                    SELECT row_number() OVER (ORDER BY 1) FROM (SELECT 1 ORDER BY 1) x | select row_number() over(order by ?) from (select ? order by 1) x
                    SELECT 1 /* comment */ + -- more\\n 2              | select ? + ?
                    SELECT a FROM t INNER JOIN u ON a!=b LEFT OUTER JOIN v USING (c) | select a from t join u on a <> b left join v using (c)
                    SELECT c->>'x', c #> '{a,b}', d @> '[1]'::jsonb    | select c ->> ?, c #> ?, d @> ?::jsonb
                    SAVEPOINT s17; ROLLBACK TO SAVEPOINT x             | savepoint ?; rollback to savepoint x
                    ROLLBACK TO SAVEPOINT x                            | rollback to savepoint ?
                    ROLLBACK TO "X"                                    | rollback to ?
                    RELEASE SAVEPOINT s17                              | release savepoint ?
                    DEALLOCATE ALL                                     | deallocate all
                    DEALLOCATE p17                                     | deallocate ?
                    SELECT $$x$$, E'\\'', U&'x', B'01', 0x1f, 1_000    | select ?, ?, ?, ?, ?, ?
                    SELECT 'a'\\n'b'                                   | select ?
                    SELECT t.values, x.select FROM t AS x              | select t.values, x.select from t as x
                    SELECT größe, "GRÖßE" FROM "größen"                | select größe, "GRÖßE" from "größen"
                    """)
    void normalises(String sql, String text) {
        assertThat(Fingerprint.of(sql.replace("\\n", "\n")).text()).isEqualTo(text);
    }

    @Test
    void theValueStaysTheSame() {
        assertThat(Fingerprint.of("SELECT * FROM orders WHERE id = 42").hex())
                .isEqualTo(Fingerprint.of("select *\nfrom ORDERS where id=$1;").hex())
                .isEqualTo("ea1df54d549c566b");
        assertThat(Fingerprint.of("")).isEqualTo(Fingerprint.of(" /* x */ ; "));
    }

    @Test
    void whatIsShownHoldsNoConstant() {
        assertThat(
                        Fingerprint.of(
                                        "SELECT 'secret', $x$secret$x$, 4711, X'4711', E'secret\\n' FROM t WHERE a = 'secret")
                                .text())
                .isEqualTo("select ?, ?, ?, ?, ? from t where a = ?");
    }

    @Test
    void normalisingAgainChangesNothing() {
        var random = new Random(5);
        String[] pieces = {
            "SELECT",
            "(",
            ")",
            "[",
            "]",
            ";",
            "1",
            "'x'",
            "$1",
            "\"q\"",
            "\"Q\"",
            "\"order\"",
            "a",
            "B",
            ",",
            ".",
            "-",
            "=",
            "::",
            "int",
            "IN",
            "ARRAY",
            "VALUES",
            "NULL",
            "IS",
            "NOT",
            "BY",
            "OVER",
            "FROM",
            "AS",
            "TRUE",
            "INNER",
            "JOIN",
            "@>",
            "SAVEPOINT",
            "TO",
            "ROLLBACK",
            "/* c */",
            "-- c\n"
        };
        var normalizer = new Normalizer();
        for (int round = 0; round < 30_000; round++) {
            var sql = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                sql.append(pieces[random.nextInt(pieces.length)])
                        .append(random.nextInt(4) == 0 ? "" : " ");
            }
            byte[] bytes = sql.toString().getBytes(StandardCharsets.UTF_8);
            String once = normalizer.read(bytes, 0, bytes.length).text();
            assertThat(once).as(sql.toString()).doesNotContain("'x'", "/*", "--");
        }
    }

    @Test
    void longListsTakeNoLongerThanTheirLength() {
        String nested = "SELECT ARRAY" + "[".repeat(200_000) + "1" + "]".repeat(200_000);
        assertThat(Fingerprint.of(nested).text()).contains("array[[[");
        assertThat(Fingerprint.of("SELECT " + "(a IN (1, ".repeat(50_000)).text())
                .contains("a in (?,");
        assertThat(Fingerprint.of("VALUES " + "(VALUES ".repeat(50_000)).text())
                .contains("values (values");
        var sql = new StringBuilder("SELECT * FROM t WHERE a IN (0");
        for (int i = 1; i < 200_000; i++) {
            sql.append(", ").append(i);
        }
        assertThat(Fingerprint.of(sql.append(")").toString()).text())
                .isEqualTo("select * from t where a in (?)");
    }

    @Test
    void edgesOfATextAreCutAway() {
        assertThat(SqlText.withoutEdges("/* app */ -- x\n SELECT 1 /* in */ + 1 ; /* y */ "))
                .isEqualTo("SELECT 1 /* in */ + 1");
        assertThat(SqlText.withoutEdges(" ; -- nothing")).isEmpty();
        assertThat(SqlText.withoutEdges("; SELECT 'é'; SELECT 2;;"))
                .isEqualTo("SELECT 'é'; SELECT 2");
        assertThat(SqlText.statements("SELECT ';'; SELECT 2 -- x"))
                .containsExactly("SELECT ';'", "SELECT 2");
    }
}
