package org.howdah.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgCodeKeeperParserTest {
    private final StatementParser parser = new PgCodeKeeperParser();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    SELECT a FROM t WHERE b = $1                          | t: "b" = $1
                    SELECT a FROM s.t x WHERE x.b >= 3 AND lower(c) = 'd'  | s.t x: "b" >= 3; lower("c") = 'd'
                    SELECT 1 FROM "T" WHERE "B" IN (1, 2) AND d           | T: "B" IN (1, 2); "d"
                    SELECT 1 FROM t WHERE b BETWEEN $1 AND $2             | t: "b" >= $1; "b" <= $2
                    SELECT 1 FROM t WHERE ($1::text IS NULL OR b = $1)    | t: ($1::text IS NULL OR "b" = $1)
                    SELECT 1 FROM t WHERE b > now() - interval $1         | t: "b" > now() - $1::interval
                    SELECT 1 FROM t WHERE b > timestamp with time zone $2 | t: "b" > $2::timestamp with time zone
                    SELECT 1 FROM t WHERE b = E'it\\'s'                   | t: "b" = 'it''s'
                    SELECT 1 FROM t WHERE extract($1 from c) = $2         | t: extract('epoch' from "c") = $2
                    SELECT 1 FROM t /* x */ ORDER BY b DESC, 1 LIMIT 5; -- y | t: order "b" desc, 1 limit 5
                    SELECT b AS x FROM t ORDER BY x NULLS FIRST           | t: order "b" nulls first
                    SELECT 1 FROM t JOIN u ON t.a = u.b                   | t,u: "a" = "b"
                    SELECT 1 FROM t LEFT JOIN u ON t.a = u.b AND u.c = 1 WHERE t.d = 2 | t,u: "a" = "b" only 1; "c" = 1 only 1; "d" = 2
                    SELECT 1 FROM t JOIN u USING (a)                      | t,u: "a" = "a"
                    UPDATE t SET b = $1, c = 2 WHERE id = ANY($2)         | t: "id" = ANY ($2) sets b,c
                    DELETE FROM t USING u WHERE t.a = u.a                 | t,u: "a" = "a" target 0
                    WITH x AS (SELECT a FROM t WHERE b = 1) SELECT * FROM x | t: "b" = 1 / <0>:
                    SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a) | t: (SELECT) / u: "a" = "a"
                    SELECT 1 FROM t WHERE a IN (SELECT b FROM u)          | t: (SELECT) / u:
                    DELETE FROM t WHERE id IN (SELECT id FROM t WHERE at < $1 LIMIT 10) | t: (SELECT) target 0 / t: "at" < $1 limit 10
                    SELECT 1 FROM t UNION ALL SELECT 2 FROM u WHERE b = 1 | t: / u: "b" = 1 / : members 0,1
                    """)
    void readsShapes(String sql, String shape) {
        assertThat(describe(sql)).isEqualTo(shape.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT FROM WHERE", "SELECT 1; SELECT 2", "SELECT a FROM t WHERE"})
    void refusesWhatItDoesNotUnderstand(String sql) {
        assertThat(parser.parse(sql)).isInstanceOf(StatementParser.Parsed.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE t (a int)", "VACUUM t", "BEGIN"})
    void leavesUtilitiesAlone(String sql) {
        assertThat(parser.parse(sql)).isInstanceOf(StatementParser.Parsed.Utility.class);
    }

    @Test
    void keepsTheTextOfExpressions() {
        String sql =
                "SELECT 1 FROM v, to_tsquery('english', $1) q"
                        + " WHERE to_tsvector('english', v.title || ' ' || coalesce(v.body, '')) @@ q";
        QueryBlock block = shape(sql).blocks().getFirst();
        Expression.Binary search = (Expression.Binary) block.conditions().getFirst().expression();
        assertThat(search.operator()).isEqualTo("@@");
        assertThat(search.left().template().sql())
                .isEqualTo("to_tsvector('english', \"title\" || ' ' || coalesce(\"body\", ''))");
        assertThat(search.right())
                .isEqualTo(new Expression.Column(java.util.Optional.empty(), "q"));
    }

    @Test
    void knowsWhatAggregatesAndWhatDoesNot() {
        assertThat(shape("SELECT count(*) FROM t").blocks().getFirst().traits())
                .containsExactly(QueryBlock.Trait.AGGREGATES);
        assertThat(shape("SELECT count(*) OVER () FROM t").blocks().getFirst().traits())
                .containsExactly(QueryBlock.Trait.WINDOWS);
        assertThat(shape("SELECT lower(a) FROM t FOR UPDATE").blocks().getFirst().traits())
                .containsExactly(QueryBlock.Trait.LOCKS);
    }

    private StatementShape shape(String sql) {
        return ((StatementParser.Parsed.Shape) parser.parse(sql)).shape();
    }

    private String describe(String sql) {
        return switch (parser.parse(sql)) {
            case StatementParser.Parsed.Refused refused -> refused.reason();
            case StatementParser.Parsed.Utility _ -> "utility";
            case StatementParser.Parsed.Shape shape ->
                    shape.shape().blocks().stream()
                            .map(PgCodeKeeperParserTest::describe)
                            .collect(Collectors.joining(" / "));
        };
    }

    private static String describe(QueryBlock block) {
        String sources =
                block.sources().stream()
                        .map(PgCodeKeeperParserTest::describe)
                        .collect(Collectors.joining(","));
        String conditions =
                block.conditions().stream()
                        .map(PgCodeKeeperParserTest::describe)
                        .collect(Collectors.joining("; "));
        String order =
                block.orderBy().stream()
                        .map(key ->
                                key.expression().template().sql()
                                        + (key.descending() ? " desc" : "")
                                        + (key.nullsFirst() == key.descending()
                                                ? ""
                                                : " nulls first"))
                        .collect(Collectors.joining(", "));
        String limit = block.limit().map(l -> " limit " + l.template().sql()).orElse("");
        String sets =
                block.assigned().isEmpty() ? "" : " sets " + String.join(",", block.assigned());
        String target =
                block.target().isPresent() && sets.isEmpty()
                        ? " target " + block.target().getAsInt()
                        : "";
        String members =
                block.members().isEmpty()
                        ? ""
                        : " members "
                                + block.members().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(","));
        return (sources
                        + ": "
                        + conditions
                        + (order.isEmpty() ? "" : "order " + order)
                        + limit
                        + sets
                        + target
                        + members)
                .replace("  ", " ")
                .strip();
    }

    private static String describe(QueryBlock.Condition condition) {
        List<Integer> only = condition.only().stream().sorted().toList();
        return condition.expression().template().sql()
                + (only.isEmpty()
                        ? ""
                        : " only "
                                + only.stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")));
    }

    private static String describe(QueryBlock.Source source) {
        return switch (source) {
            case QueryBlock.Table table ->
                    table.schema().map(schema -> schema + ".").orElse("")
                            + table.name()
                            + (table.alias().equals(table.name()) ? "" : " " + table.alias());
            case QueryBlock.Derived derived -> "<" + derived.block() + ">";
            case QueryBlock.Function function -> function.alias() + "()";
        };
    }
}
