package org.howdah.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Statements to be judged by a real server: every way in which an expression can stand in a query,
 * with every kind of expression; and single ones.
 */
final class Corpus {

    private Corpus() {}

    static final String SCHEMA =
            """
            CREATE SEQUENCE s;
            CREATE TABLE t (id int PRIMARY KEY, a int, b text, c jsonb, ts timestamptz DEFAULT now());
            CREATE TABLE u (id int REFERENCES t, a int);
            CREATE TABLE "insert into" ("update" int, delete int, "for" int, "into" int, merge int, share int);
            INSERT INTO t SELECT n, n % 7, 'b' || n, jsonb_build_object('k', n) FROM generate_series(1, 100) n;
            INSERT INTO u SELECT n, n FROM generate_series(1, 50) n;
            CREATE VIEW v AS SELECT * FROM t WHERE a > 1;
            CREATE SCHEMA app;
            CREATE FUNCTION app.log_access(int) RETURNS int LANGUAGE plpgsql AS
                'BEGIN INSERT INTO t (id) VALUES (-$1) ON CONFLICT DO NOTHING; RETURN $1; END';
            CREATE FUNCTION app."Log Access"() RETURNS int LANGUAGE sql AS 'DELETE FROM u; SELECT 1';
            CREATE FUNCTION app.twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * $1';
            CREATE FUNCTION app.noting(state int, value int) RETURNS int LANGUAGE plpgsql AS
                'BEGIN INSERT INTO t (id) VALUES (-1000 - value) ON CONFLICT DO NOTHING; RETURN value; END';
            CREATE AGGREGATE app.noted(int) (sfunc = app.noting, stype = int, initcond = '0');
            CREATE PROCEDURE app.empty_it() LANGUAGE sql AS 'DELETE FROM u';
            """;

    private static final List<String> READING =
            List.of(
                    "1",
                    "'DELETE FROM t; -- '",
                    "$$ FOR UPDATE; INSERT INTO t $$",
                    "E'it\\'s; DROP TABLE t'",
                    "(SELECT max(a) FROM t)",
                    "(WITH x AS (SELECT a FROM t) SELECT min(a) FROM x)",
                    "now()",
                    "random()",
                    "app.twice(2)",
                    "(SELECT \"update\" FROM \"insert into\" LIMIT 1)",
                    "(SELECT delete FROM \"insert into\" AS i WHERE i.into IS NULL OR i.for = 1 LIMIT 1)",
                    "(SELECT count(merge) FROM \"insert into\" share)",
                    "CASE WHEN 1 = 1 THEN 2 ELSE 3 END",
                    "substring('abc' FROM 1 FOR 2)");

    private static final List<String> WRITING =
            List.of(
                    "nextval('s')",
                    "pg_catalog . \"nextval\" ('s')",
                    "setval('s', 7)",
                    "app.log_access(3)",
                    "APP.Log_Access /* ; */ (4)",
                    "app.\"Log Access\"()",
                    "(SELECT app.noted(a) FROM t)",
                    "lo_create(0)",
                    "pg_logical_emit_message(true, 'a', 'b')::text",
                    "(SELECT nextval('s') FROM t LIMIT 1)",
                    "(SELECT id FROM t ORDER BY id LIMIT 1 FOR UPDATE)",
                    "(SELECT id FROM t ORDER BY id LIMIT 1 FOR KEY SHARE)");

    private static final List<String> QUERIES =
            List.of(
                    "SELECT %s",
                    "/* a */ SELECT -- b\n %s ;",
                    "SELECT 1 AS insert, %s AS delete",
                    "SELECT * FROM (SELECT %s AS update) AS x",
                    "VALUES (1), (2 + length((%s)::text))",
                    "SELECT id FROM t WHERE b <> (%s)::text LIMIT 3",
                    "SELECT count(*) FROM t GROUP BY a HAVING max(b) <> (%s)::text",
                    "SELECT id FROM t ORDER BY length((%s)::text) LIMIT 1",
                    "WITH x AS (SELECT %s) TABLE x",
                    "WITH x AS MATERIALIZED (SELECT %s), y AS (SELECT 1) SELECT * FROM x, y",
                    "(SELECT (%s)::text) UNION ALL (SELECT 'y')",
                    "SELECT * FROM t, LATERAL (SELECT %s) AS l LIMIT 2",
                    "EXPLAIN ANALYZE SELECT %s",
                    "EXPLAIN (ANALYZE, COSTS off) WITH x AS (SELECT %s) TABLE x",
                    "COPY (SELECT %s) TO STDOUT");

    private static final List<String> OTHERS =
            List.of(
                    "SELECT * INTO new_table FROM (SELECT %s AS x) AS y",
                    "WITH d AS (DELETE FROM u RETURNING id) SELECT %s FROM d",
                    "WITH d AS (UPDATE u SET a = a RETURNING id), e AS (SELECT %s) TABLE e",
                    "CREATE TABLE another AS SELECT %s AS x");

    private static final List<String> SINGLE =
            """
            TABLE t
            TABLE t FOR UPDATE
            SELECT * FROM v FOR SHARE
            SELECT * FROM v
            SELECT * FROM t TABLESAMPLE system (10)
            SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY[1, 2])) WITH ORDINALITY AS f(a, b, c)
            SELECT 1 AS for, 2 AS update
            SELECT t.a AS into FROM t
            SELECT a into_x FROM t
            SELECT a INTO into_x FROM t
            SELECT * INTO TEMP temporary_x FROM t
            WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SEARCH DEPTH FIRST BY n SET o SELECT * FROM r
            WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SEARCH DEPTH FIRST BY n SET o DELETE FROM u USING r
            WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) CYCLE n SET c USING p UPDATE u SET a = 1 FROM r
            WITH x AS (SELECT 1) INSERT INTO u SELECT 51, 1 FROM x
            WITH x AS (SELECT 1 AS id) MERGE INTO u USING x ON u.id = x.id WHEN MATCHED THEN DELETE
            SELECT * FROM (WITH q AS (SELECT 1) SELECT * FROM q) AS w
            INSERT INTO u VALUES (60, 1) ON CONFLICT DO NOTHING
            UPDATE u SET a = 2 WHERE id = 1
            DELETE FROM u WHERE id = 1
            MERGE INTO u USING t ON u.id = t.id WHEN MATCHED THEN DO NOTHING
            TRUNCATE u
            COPY u TO STDOUT
            COPY u FROM STDIN
            COPY (INSERT INTO u VALUES (61, 1) RETURNING id) TO STDOUT
            CALL app.empty_it()
            DO $$ BEGIN DELETE FROM u; END $$
            DO $$ BEGIN PERFORM 1; END $$
            NOTIFY channel
            LOCK TABLE u IN ROW EXCLUSIVE MODE
            CREATE INDEX ON u (a)
            CREATE TEMP TABLE scratch (a int)
            ALTER TABLE u ADD x int
            DROP TABLE u
            COMMENT ON TABLE u IS 'x'
            GRANT SELECT ON u TO public
            REINDEX TABLE u
            ANALYZE u
            CLUSTER u USING u_pkey
            REFRESH MATERIALIZED VIEW m
            PREPARE p AS DELETE FROM u
            PREPARE q AS SELECT 1
            DECLARE c CURSOR FOR SELECT 1
            DECLARE d CURSOR FOR SELECT * FROM t FOR UPDATE
            SET LOCAL work_mem = '5MB'
            SHOW work_mem
            EXPLAIN DELETE FROM u
            EXPLAIN INSERT INTO u VALUES (62, 1)
            EXPLAIN ANALYZE DELETE FROM u
            EXPLAIN (ANALYZE off) DELETE FROM u
            EXPLAIN CREATE TABLE x AS SELECT 1
            EXPLAIN ANALYZE CREATE TABLE x AS SELECT 1
            SELECT pg_advisory_xact_lock(1)
            SELECT txid_current()
            SELECT pg_current_xact_id()
            SELECT pg_export_snapshot()
            SELECT pg_current_wal_lsn()
            SELECT pg_switch_wal()
            SELECT pg_notify('a', 'b')
            SELECT set_config('a.b', 'c', true)
            SELECT currval('s')
            SELECT query_to_xml('SELECT nextval(''s'')', true, true, '')
            SELECT 1; DELETE FROM u
            SELECT 1; SELECT 2
            """
                    .lines()
                    .toList();

    /** All of them. */
    static List<String> statements() {
        var all = new ArrayList<String>(SINGLE);
        all.addAll(reads());
        all.addAll(composed(QUERIES, WRITING));
        all.addAll(composed(OTHERS, READING));
        all.addAll(composed(OTHERS, WRITING));
        return List.copyOf(all);
    }

    /** Those that nothing makes more than a read. */
    static List<String> reads() {
        return composed(QUERIES, READING);
    }

    private static List<String> composed(List<String> shells, List<String> expressions) {
        return shells.stream()
                .flatMap(shell -> expressions.stream().map(shell::formatted))
                .toList();
    }
}
