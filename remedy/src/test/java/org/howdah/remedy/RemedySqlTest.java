package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.howdah.remedy.Workshop.name;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedySqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "work_mem | 8MB | ALTER SYSTEM SET \"work_mem\" = '8MB'",
                "auto_explain.log_analyze | on | ALTER SYSTEM SET \"auto_explain\".\"log_analyze\" = 'on'",
                "log_line_prefix | it's %m | ALTER SYSTEM SET \"log_line_prefix\" = 'it''s %m'",
                "shared_preload_libraries | pg_stat_statements, auto_explain | ALTER SYSTEM SET \"shared_preload_libraries\" = 'pg_stat_statements', 'auto_explain'",
                "search_path | \"$user\", public | ALTER SYSTEM SET \"search_path\" = '$user', 'public'",
                "archive_command | cp %p C:\\x | ALTER SYSTEM SET \"archive_command\" = E'cp %p C:\\\\x'"
            })
    void writesSettings(String setting, String value, String sql) {
        assertThat(RemedySql.alterSystem(setting, value)).isEqualTo(sql);
    }

    @Test
    void restoresOptionsThatWereThereAndResetsTheOthers() {
        assertThat(
                        RemedySql.restoreOptions(
                                name("orders"),
                                Map.of("fillfactor", "80", "autovacuum_enabled", "true"),
                                Map.of("fillfactor", "90", "parallel_workers", "2")))
                .containsExactly(
                        "ALTER TABLE \"public\".\"orders\" RESET (autovacuum_enabled)",
                        "ALTER TABLE \"public\".\"orders\" SET (fillfactor = 90)");
    }

    @Test
    void quotesOptionsThatAreNotPlain() {
        assertThat(RemedySql.setOptions(name("orders"), Map.of("buffering", "a'; DROP TABLE x")))
                .isEqualTo(
                        "ALTER TABLE \"public\".\"orders\" SET (buffering = 'a''; DROP TABLE x')");
    }
}
