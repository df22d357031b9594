package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionEffectsTest {

    private final SessionEffects judge = new SessionEffects();
    private final FunctionCatalog functions = new FunctionCatalog();

    private int effects(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return judge.judge(ByteBuffer.wrap(bytes), 0, bytes.length, functions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    SELECT 1                                              | 0
                    INSERT INTO t VALUES (nextval('s'))                   | 0
                    SET LOCAL work_mem = '1MB'                            | 0
                    SET TRANSACTION ISOLATION LEVEL SERIALIZABLE          | 0
                    SELECT set_config('a.b', $1, true)                    | 0
                    SELECT set_config($1, $2, true)                       | 0
                    SELECT set_config('a.b', $1, $2)                      | 1
                    SELECT set_config('a.b', set_config('c.d', 'x', true), false) | 1
                    SELECT "set_config"('a.b', 'x', false)                | 1
                    SELECT set_config($1, 'x', false)                     | 257
                    SELECT set_config(concat('a.', 'b'), 'x', false)      | 257
                    SELECT set_config(E'a\\x2eb', 'x', false)             | 257
                    SET work_mem = 1                                      | 1
                    SET a.b = 'c'                                         | 1
                    RESET ALL                                             | 32769
                    SELECT pg_try_advisory_lock(1)                        | 2
                    CREATE TEMP TABLE t ()                                | 4
                    DROP TABLE t                                          | 4
                    DECLARE c CURSOR WITH HOLD FOR SELECT 1               | 8
                    PREPARE p AS SELECT 1                                 | 16
                    PREPARE p AS SELECT pg_advisory_lock(1)               | 18
                    EXECUTE p                                             | 16384
                    LISTEN c                                              | 32
                    SELECT setseed(0)                                     | 128
                    SET SEED TO 0.5                                       | 128
                    LOAD 'x'                                              | 128
                    CLOSE c                                               | 512
                    BEGIN                                                 | 1024
                    CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1' | 2052
                    SELECT currval('s')                                   | 4096
                    DO 'BEGIN END'                                        | 127
                    DO 'BEGIN PERFORM set_config(x, y, false); END'       | 383
                    SELECT U&"set\\005fconfig"('a.b', 'x', false)         | 127
                    GARBAGE                                               | 127
                    """)
    void effects(String sql, int expected) {
        assertThat(effects(sql)).isEqualTo(expected);
    }

    @Test
    void longTextsMayDoAnything() {
        String sql = "SELECT '" + "x".repeat(SessionEffects.LARGEST_TEXT) + "'";
        assertThat(effects(sql) & Effects.ANY).isEqualTo(Effects.ANY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            textBlock =
                    """
                    SET work_mem = '7MB'                      | work_mem              | SET work_mem = '7MB'
                    /* x */ set SESSION Work_Mem to 7 ;       | work_mem              | set SESSION Work_Mem to 7
                    SET app."Tenant" = 'a', 'b'               | app.tenant            | SET app."Tenant" = 'a', 'b'
                    SET TIME ZONE 'UTC'                       | timezone              | SET TIME ZONE 'UTC'
                    SET ROLE clerk                            | role                  | SET ROLE clerk
                    SET SESSION AUTHORIZATION clerk           | session_authorization | SET SESSION AUTHORIZATION clerk
                    SET SESSION SESSION AUTHORIZATION clerk   | session_authorization | SET SESSION SESSION AUTHORIZATION clerk
                    SET TIME ZONE LOCAL                       | timezone              | -
                    SET ROLE NONE                             | role                  | -
                    SET work_mem TO DEFAULT                   | work_mem              | -
                    RESET work_mem                            | work_mem              | -
                    RESET ALL                                 | *                     | -
                    RESET SESSION AUTHORIZATION               | session_authorization | -
                    RESET TIME ZONE                           | timezone              | -
                    """)
    void plainChangesAreRead(String sql, String name, String repeated) {
        effects(sql);
        assertThat(judge.change()).contains(new SettingChange(name, Optional.ofNullable(repeated)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    SET datestyle = 'DMY'
                    SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY
                    SET NAMES 'UTF8'
                    SET application_name = 'a\\b'
                    SET application_name = 'é'
                    SET work_mem FROM CURRENT
                    SET work_mem = 1; SELECT 2
                    """)
    void othersAreLeftToTheServer(String sql) {
        assertThat(effects(sql) & Effects.SETTINGS).isEqualTo(Effects.SETTINGS);
        assertThat(judge.change()).isEmpty();
    }

    @Test
    void judgingAllocatesNothing() {
        byte[] bytes =
                "SELECT id, email, name FROM app.users WHERE id = 5 AND name LIKE 'x%'"
                        .getBytes(StandardCharsets.UTF_8);
        ByteBuffer text = ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int round = 0; round < 2; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                judge.judge(text, 0, bytes.length, functions);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated / 20_000).isZero();
    }

    @Test
    void whoCallsWhatChangesSessionsIsLearned() {
        functions.learn(
                List.of(
                        row("first", "f", "second other"),
                        row("second", "f", "third"),
                        row("third", "t", ""),
                        row("other", "f", "")));
        assertThat(effects("SELECT first()") & Effects.ANY).isEqualTo(Effects.ANY);
        assertThat(effects("CALL second()") & Effects.ANY).isEqualTo(Effects.ANY);
        assertThat(effects("SELECT other()")).isZero();
    }

    private static List<Optional<String>> row(String name, String changes, String calls) {
        return List.of(
                Optional.of(name), Optional.of(changes), Optional.of(calls), Optional.empty());
    }
}
