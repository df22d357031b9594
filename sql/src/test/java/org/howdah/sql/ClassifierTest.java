package org.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {

    /** Kind, action and features, the latter by name in the order of the alphabet. */
    private static String verdict(String sql) {
        return show(Classifier.of(sql));
    }

    private static String show(Classification c) {
        String features =
                c.features().stream().map(Feature::name).sorted().collect(Collectors.joining(" "));
        return (c.kind() + " " + c.action() + " " + features).strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    SELECT 1                                                | READ QUERY
                    select * from t where id = $1                           | READ QUERY PARAMETERS
                    VALUES (1), (2)                                         | READ QUERY
                    TABLE t                                                 | READ QUERY
                    (SELECT 1) UNION ALL (SELECT 2) ORDER BY 1              | READ QUERY
                    ((TABLE t))                                             | READ QUERY
                    WITH a AS (SELECT 1) SELECT * FROM a                    | READ QUERY
                    /* hint */ -- more\\nSELECT 1 ;                         | READ QUERY
                    SELECT 'DELETE FROM t; INSERT INTO t' AS x              | READ QUERY
                    SELECT $$; DELETE FROM t$$                              | READ QUERY
                    SELECT "insert into" FROM "update"                      | READ QUERY
                    SELECT a.update, b.into, delete FROM a, merge b         | READ QUERY
                    SELECT 1 AS into FROM t                                 | READ QUERY
                    SELECT 1 AS for, 2 AS update                            | READ QUERY
                    SELECT update FROM t WHERE delete = 1 AND NOT insert    | READ QUERY
                    SELECT substring(a FROM 1 FOR 2) FROM t                 | READ QUERY
                    SELECT ts AT TIME ZONE 'UTC', now()::timestamp with time zone FROM t | READ QUERY
                    SELECT * FROM f() WITH ORDINALITY AS x(a, delete)       | READ QUERY
                    WITH x AS (SELECT update, delete FROM t) TABLE x        | READ QUERY
                    WITH a AS (SELECT 1), delete AS (SELECT 2) SELECT 1     | READ QUERY
                    SELECT random(), clock_timestamp(), gen_random_uuid()   | READ QUERY
                    SELECT pg_total_relation_size('t')                      | READ QUERY
                    SELECT "NextVal"('s')                                   | READ QUERY
                    SELECT nextval, setval FROM t                           | READ QUERY
                    SHOW work_mem                                           | READ SHOW
                    EXPLAIN SELECT 1                                        | READ QUERY EXPLAIN
                    EXPLAIN (SELECT 1)                                      | READ QUERY EXPLAIN
                    EXPLAIN ((SELECT 1) UNION (SELECT 2))                   | READ QUERY EXPLAIN
                    EXPLAIN ANALYZE VERBOSE SELECT 1                        | READ QUERY EXPLAIN EXPLAIN_ANALYZE
                    EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) WITH a AS (SELECT 1) TABLE a | READ QUERY EXPLAIN EXPLAIN_ANALYZE
                    COPY t TO STDOUT (FORMAT binary)                        | READ COPY_TO
                    COPY public.t (a, b) TO stdout                          | READ COPY_TO
                    COPY (SELECT 1 FROM t WHERE a IN (1)) TO STDOUT WITH CSV | READ COPY_TO
                    COPY (WITH a AS (SELECT 1) TABLE a) TO STDOUT           | READ COPY_TO
                    """)
    void reads(String sql, String expected) {
        assertThat(verdict(sql.replace("\\n", "\n"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    INSERT INTO t VALUES ($1)                               | WRITE INSERT PARAMETERS
                    update t set a = 1                                      | WRITE UPDATE
                    DELETE FROM t                                           | WRITE DELETE
                    MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE   | WRITE MERGE
                    WITH a AS (SELECT 1) INSERT INTO t TABLE a              | WRITE INSERT MODIFYING_CTE
                    WITH a AS (SELECT 1) DELETE FROM t USING a              | WRITE DELETE MODIFYING_CTE
                    WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a   | WRITE QUERY MODIFYING_CTE
                    WITH a AS NOT MATERIALIZED (UPDATE t SET b = 1 RETURNING 1) SELECT 1 | WRITE QUERY MODIFYING_CTE
                    SELECT * FROM (WITH a AS (INSERT INTO t VALUES (1) RETURNING *) TABLE a) x | WRITE QUERY MODIFYING_CTE
                    WITH RECURSIVE a AS (SELECT 1) SEARCH DEPTH FIRST BY b SET c DELETE FROM t | WRITE DELETE MODIFYING_CTE
                    WITH RECURSIVE a AS (SELECT 1) CYCLE b SET c USING d UPDATE t SET x = 1 | WRITE UPDATE MODIFYING_CTE
                    SELECT * INTO t2 FROM t                                 | WRITE QUERY SELECT_INTO
                    SELECT 1 AS x INTO t2                                   | WRITE QUERY SELECT_INTO
                    SELECT t.as INTO t2 FROM t                              | WRITE QUERY SELECT_INTO
                    SELECT 1into t2                                         | WRITE QUERY SELECT_INTO
                    SELECT * INTO TEMP t2 FROM t                            | SESSION QUERY SELECT_INTO SESSION_STATE TEMPORARY
                    SELECT * INTO pg_temp.t2 FROM t                         | SESSION QUERY SELECT_INTO SESSION_STATE TEMPORARY
                    SELECT * FROM t FOR UPDATE                              | WRITE QUERY LOCKING_CLAUSE
                    SELECT * FROM t FOR NO KEY UPDATE SKIP LOCKED           | WRITE QUERY LOCKING_CLAUSE
                    SELECT * FROM (SELECT * FROM t FOR/**/SHARE) x          | WRITE QUERY LOCKING_CLAUSE
                    WITH a AS (SELECT 1) SELECT * FROM t, a FOR NO KEY UPDATE OF t | WRITE QUERY LOCKING_CLAUSE
                    TABLE t FOR KEY SHARE                                   | WRITE QUERY LOCKING_CLAUSE
                    SELECT nextval('s')                                     | WRITE QUERY VOLATILE_FUNCTION
                    SELECT NextVal /* x */ ('s')                            | WRITE QUERY VOLATILE_FUNCTION
                    SELECT "nextval"('s')                                   | WRITE QUERY VOLATILE_FUNCTION
                    SELECT pg_catalog.nextval('s')                          | WRITE QUERY VOLATILE_FUNCTION
                    SELECT "pg_catalog" . "setval" ('s', 1)                 | WRITE QUERY VOLATILE_FUNCTION
                    VALUES (1, nextval('s'))                                | WRITE QUERY VOLATILE_FUNCTION
                    SELECT * FROM dblink('x', 'y') AS t(a int)              | WRITE QUERY VOLATILE_FUNCTION
                    SELECT txid_current()                                   | WRITE QUERY VOLATILE_FUNCTION
                    SELECT pg_is_in_recovery()                              | WRITE QUERY VOLATILE_FUNCTION
                    SELECT lo_import('/etc/passwd')                         | WRITE QUERY VOLATILE_FUNCTION
                    SELECT U&"n\\0065xtval"('s')                            | WRITE QUERY ESCAPED_NAME
                    SELECT "next""val"('s')                                 | WRITE QUERY VOLATILE_FUNCTION
                    EXPLAIN ANALYZE DELETE FROM t                           | WRITE DELETE EXPLAIN EXPLAIN_ANALYZE
                    EXPLAIN (COSTS off) INSERT INTO t VALUES (1)            | WRITE INSERT EXPLAIN
                    EXPLAIN ANALYZE SELECT nextval('s')                     | WRITE QUERY EXPLAIN EXPLAIN_ANALYZE VOLATILE_FUNCTION
                    EXPLAIN ANALYZE EXECUTE p                               | SESSION EXECUTE EXPLAIN EXPLAIN_ANALYZE
                    EXPLAIN ANALYZE CREATE TABLE a AS SELECT 1              | UTILITY DEFINE EXPLAIN EXPLAIN_ANALYZE
                    COPY t FROM STDIN                                       | WRITE COPY_FROM
                    COPY t (a) FROM PROGRAM 'x'                             | WRITE COPY_FROM SERVER_FILE
                    COPY t TO '/tmp/x'                                      | UTILITY COPY_TO SERVER_FILE
                    COPY (SELECT 1) TO PROGRAM 'x'                          | UTILITY COPY_TO SERVER_FILE
                    COPY (DELETE FROM t RETURNING *) TO STDOUT              | WRITE COPY_TO
                    COPY (SELECT nextval('s')) TO STDOUT                    | WRITE COPY_TO VOLATILE_FUNCTION
                    COPY (SELECT * FROM t FOR UPDATE) TO STDOUT             | WRITE COPY_TO LOCKING_CLAUSE
                    COPY ((SELECT 1) UNION SELECT nextval('s')) TO STDOUT   | WRITE COPY_TO VOLATILE_FUNCTION
                    CALL p(1)                                               | WRITE CALL
                    DO $$ BEGIN DELETE FROM t; END $$                       | WRITE DO
                    NOTIFY c, 'x'                                           | WRITE NOTIFY
                    SELEC 1                                                 | WRITE UNKNOWN
                    (DELETE FROM t)                                         | WRITE UNKNOWN
                    SELECT 'x                                               | WRITE UNKNOWN INVALID
                    SELECT 1 /* never closed; DELETE FROM t                 | WRITE UNKNOWN INVALID
                    "select" 1                                              | WRITE UNKNOWN
                    EXPLAIN                                                 | WRITE UNKNOWN EXPLAIN
                    COPY                                                    | WRITE UNKNOWN
                    """)
    void writes(String sql, String expected) {
        assertThat(verdict(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    BEGIN                                                   | TRANSACTION BEGIN
                    begin work isolation level serializable, read only deferrable | TRANSACTION BEGIN READ_ONLY
                    START TRANSACTION READ WRITE                            | TRANSACTION BEGIN READ_WRITE
                    START REPLICATION                                       | WRITE UNKNOWN
                    COMMIT                                                  | TRANSACTION COMMIT
                    END TRANSACTION AND CHAIN                               | TRANSACTION COMMIT CHAIN
                    COMMIT AND NO CHAIN                                     | TRANSACTION COMMIT
                    COMMIT PREPARED 'x'                                     | TRANSACTION COMMIT_PREPARED
                    ROLLBACK                                                | TRANSACTION ROLLBACK
                    ABORT AND CHAIN                                         | TRANSACTION ROLLBACK CHAIN
                    ROLLBACK WORK TO SAVEPOINT a                            | TRANSACTION ROLLBACK_TO
                    ROLLBACK PREPARED 'x'                                   | TRANSACTION ROLLBACK_PREPARED
                    SAVEPOINT a                                             | TRANSACTION SAVEPOINT
                    RELEASE a                                               | TRANSACTION RELEASE
                    PREPARE TRANSACTION 'x'                                 | TRANSACTION PREPARE_TRANSACTION
                    PREPARE transaction AS SELECT 1                         | SESSION PREPARE SESSION_STATE
                    PREPARE p (int) AS DELETE FROM t                        | SESSION PREPARE SESSION_STATE
                    EXECUTE p(1)                                            | SESSION EXECUTE
                    DEALLOCATE ALL                                          | SESSION DEALLOCATE SESSION_STATE
                    SET TRANSACTION READ ONLY                               | TRANSACTION SET_TRANSACTION READ_ONLY
                    SET LOCAL TRANSACTION READ WRITE                        | TRANSACTION SET_TRANSACTION READ_WRITE
                    SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY    | SESSION SET SESSION_STATE
                    SET search_path = a, b                                  | SESSION SET SESSION_STATE
                    SET SESSION AUTHORIZATION x                             | SESSION SET SESSION_STATE
                    SET LOCAL work_mem = '1GB'                              | SESSION SET_LOCAL
                    SET CONSTRAINTS ALL DEFERRED                            | SESSION SET_LOCAL
                    RESET ALL                                               | SESSION RESET SESSION_STATE
                    DISCARD ALL                                             | SESSION DISCARD SESSION_STATE
                    LISTEN c                                                | SESSION LISTEN SESSION_STATE
                    UNLISTEN *                                              | SESSION UNLISTEN SESSION_STATE
                    LOAD 'x'                                                | SESSION LOAD SESSION_STATE
                    DECLARE c CURSOR FOR SELECT 1                           | SESSION DECLARE
                    DECLARE c CURSOR WITHOUT HOLD FOR SELECT 1              | SESSION DECLARE
                    DECLARE c NO SCROLL CURSOR WITH HOLD FOR SELECT 1       | SESSION DECLARE HOLD SESSION_STATE
                    FETCH ALL FROM c                                        | SESSION FETCH
                    MOVE 1 c                                                | SESSION MOVE
                    CLOSE c                                                 | SESSION CLOSE
                    SELECT pg_advisory_lock(1)                              | SESSION QUERY ADVISORY_LOCK SESSION_STATE VOLATILE_FUNCTION
                    SELECT pg_advisory_xact_lock(1)                         | WRITE QUERY VOLATILE_FUNCTION
                    SELECT currval('s')                                     | SESSION QUERY SEQUENCE_VALUE SESSION_STATE VOLATILE_FUNCTION
                    SELECT setseed(0.5)                                     | SESSION QUERY LASTING SESSION_STATE VOLATILE_FUNCTION
                    SELECT pg_create_physical_replication_slot('s', true, true) | WRITE QUERY TEMPORARY_SLOT VOLATILE_FUNCTION
                    SELECT set_config('a.b', 'c', false)                    | SESSION QUERY SESSION_STATE SETTING_FUNCTION VOLATILE_FUNCTION
                    SELECT pg_advisory_xact_lock(1)                         | WRITE QUERY VOLATILE_FUNCTION
                    CREATE TEMP TABLE t (a int)                             | SESSION CREATE_TEMPORARY SESSION_STATE TEMPORARY
                    CREATE OR REPLACE LOCAL TEMPORARY VIEW v AS SELECT 1    | SESSION CREATE_TEMPORARY SESSION_STATE TEMPORARY
                    CREATE TABLE pg_temp.t (a int)                          | SESSION CREATE_TEMPORARY SESSION_STATE TEMPORARY
                    CREATE TABLE temp (a int)                               | UTILITY DEFINE
                    CREATE INDEX CONCURRENTLY ON t (a)                      | UTILITY DEFINE
                    ALTER TABLE t ADD b int                                 | UTILITY DEFINE
                    TRUNCATE t                                              | UTILITY TRUNCATE
                    LOCK TABLE t                                            | UTILITY LOCK
                    VACUUM (ANALYZE) t                                      | UTILITY MAINTAIN
                    REFRESH MATERIALIZED VIEW v                             | UTILITY DEFINE
                    """)
    void control(String sql, String expected) {
        assertThat(verdict(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", ";", " ; ; ", "-- nothing", "/* nothing */ ;"})
    void nothing(String sql) {
        assertThat(verdict(sql)).isEqualTo("EMPTY NOTHING");
    }

    @Test
    void aTextWithSeveralStatementsIsAsStrongAsItsStrongest() {
        assertThat(verdict("SELECT 1; SELECT 2;")).isEqualTo("READ QUERY MULTIPLE_STATEMENTS");
        assertThat(verdict("SELECT 1; DELETE FROM t; SELECT 2"))
                .isEqualTo("WRITE DELETE MULTIPLE_STATEMENTS");
        assertThat(verdict("BEGIN; SELECT 1; COMMIT"))
                .isEqualTo("TRANSACTION BEGIN MULTIPLE_STATEMENTS");
        assertThat(verdict("SELECT 1; SET a = 1"))
                .isEqualTo("SESSION SET MULTIPLE_STATEMENTS SESSION_STATE");
        assertThat(verdict("SELECT 1;;")).isEqualTo("READ QUERY");
    }

    @Test
    void statementsAreFoundOneAfterTheOther() {
        assertThat(split("/* a */ SELECT ';' ; -- b\n ;DELETE FROM t WHERE a = $$;$$ /* c */; "))
                .containsExactly("READ SELECT ';'", "WRITE DELETE FROM t WHERE a = $$;$$");
        assertThat(
                        split(
                                "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM a; DELETE FROM b); SELECT 1"))
                .hasSize(2);
        assertThat(
                        split(
                                "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END;"
                                        + " SELECT 2 AS end; END; SELECT 1"))
                .hasSize(2);
        assertThat(split("CREATE PROCEDURE p() AS 'x'; BEGIN; SELECT 1; END")).hasSize(4);
    }

    private static List<String> split(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        var classifier = new Classifier().reset(bytes, 0, bytes.length);
        var statements = new ArrayList<String>();
        while (classifier.next()) {
            statements.add(
                    classifier.kind()
                            + " "
                            + new String(
                                    bytes,
                                    classifier.start(),
                                    classifier.end() - classifier.start(),
                                    StandardCharsets.UTF_8));
        }
        return statements;
    }

    @Test
    void aDatabaseHasFunctionsOfItsOwn() {
        var learned = VolatileFunctions.builtIn().and(List.of("log_access", "Mixed", "größe"));
        assertThat(kind(learned, "SELECT app.LOG_ACCESS(1)")).isEqualTo(StatementKind.WRITE);
        assertThat(kind(learned, "SELECT \"log_access\" (1)")).isEqualTo(StatementKind.WRITE);
        assertThat(kind(learned, "SELECT \"LOG_ACCESS\"(1)")).isEqualTo(StatementKind.READ);
        assertThat(kind(learned, "SELECT \"Mixed\"()")).isEqualTo(StatementKind.WRITE);
        assertThat(kind(learned, "SELECT mixed()")).isEqualTo(StatementKind.READ);
        assertThat(kind(learned, "SELECT größe()")).isEqualTo(StatementKind.WRITE);
        assertThat(kind(learned, "SELECT nextval('s')")).isEqualTo(StatementKind.WRITE);
        assertThat(kind(learned, "SELECT log_access FROM t")).isEqualTo(StatementKind.READ);
        assertThat(kind(VolatileFunctions.builtIn(), "SELECT log_access(1)"))
                .isEqualTo(StatementKind.READ);
    }

    @Test
    void whereNotAllFunctionsAreKnownOnlyTheKnownAreTrusted() {
        var strict = VolatileFunctions.builtIn().trustingOnly(List.of("count", "lower"));
        assertThat(
                        kind(
                                strict,
                                "SELECT count(*), lower(a) FROM t WHERE b IN (1, 2) AND EXISTS (SELECT 1)"))
                .isEqualTo(StatementKind.READ);
        assertThat(kind(strict, "SELECT sum(a) OVER (PARTITION BY b) FROM t"))
                .isEqualTo(StatementKind.WRITE);
        assertThat(
                        kind(
                                strict,
                                "SELECT count(*) FILTER (WHERE a) OVER (ORDER BY b), random()::numeric(3, 1) FROM t"))
                .isEqualTo(StatementKind.READ);
        assertThat(kind(strict, "SELECT app.values(1)")).isEqualTo(StatementKind.WRITE);
    }

    private static StatementKind kind(VolatileFunctions functions, String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return new Classifier(functions).whole(bytes, 0, bytes.length).kind();
    }

    @Test
    void anEscapedQuoteHidesAWriteOnlyFromThoseWhoDoNotKnowTheSetting() {
        byte[] bytes = "SELECT 'a\\'; DELETE FROM t; --'".getBytes(StandardCharsets.UTF_8);
        assertThat(new Classifier().whole(bytes, 0, bytes.length).kind())
                .isEqualTo(StatementKind.WRITE);
        var classifier = new Classifier().standardConformingStrings(false);
        assertThat(classifier.whole(bytes, 0, bytes.length).kind()).isEqualTo(StatementKind.READ);
    }

    @Test
    void whateverTheTextItEndsWithAVerdict() {
        var random = new Random(3);
        String[] pieces = {
            "SELECT",
            "(",
            ")",
            ";",
            "WITH",
            "a",
            "AS",
            "DELETE",
            "FROM",
            "t",
            "'x'",
            "$1",
            "\"q\"",
            "FOR",
            "UPDATE",
            "INTO",
            "COPY",
            "TO",
            "STDOUT",
            "EXPLAIN",
            "ANALYZE",
            "CREATE",
            "FUNCTION",
            "BEGIN",
            "ATOMIC",
            "END",
            "CASE",
            ",",
            ".",
            "nextval",
            "--\n",
            "/*",
            "*/",
            "'",
            "SET",
            "LOCAL",
            "TRANSACTION",
            "START",
            "PREPARE",
            "ROLLBACK",
            "DECLARE",
            "[",
            "U&\"x\"",
            "$",
            "\\"
        };
        var classifier = new Classifier();
        for (int round = 0; round < 50_000; round++) {
            var sql = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                sql.append(pieces[random.nextInt(pieces.length)])
                        .append(random.nextInt(5) == 0 ? "" : " ");
            }
            byte[] bytes = sql.toString().getBytes(StandardCharsets.UTF_8);
            classifier.reset(bytes, 0, bytes.length);
            int at = 0;
            while (classifier.next()) {
                assertThat(classifier.start()).isGreaterThanOrEqualTo(at);
                assertThat(classifier.end())
                        .isGreaterThan(classifier.start())
                        .isLessThanOrEqualTo(bytes.length);
                at = classifier.end();
            }
        }
    }
}
