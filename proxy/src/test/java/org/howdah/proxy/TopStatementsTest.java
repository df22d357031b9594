package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.howdah.embedded.TestServer;
import org.howdah.sql.Fingerprint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopStatementsTest {

    private static long shape(String sql) {
        ByteBuffer text = ByteBuffer.wrap(sql.getBytes(StandardCharsets.UTF_8));
        return StatementShape.hash(text, 0, text.limit(), 0);
    }

    private static @Nullable StatementRecord record(TopStatements top, String sql) {
        ByteBuffer text = ByteBuffer.wrap(sql.getBytes(StandardCharsets.UTF_8));
        return top.of("app", text, 0, text.limit());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT abalance FROM t WHERE aid = 17|SELECT abalance FROM t WHERE aid = 4711",
                "SELECT 'a', 1.5|SELECT 'it''s long', 0.25",
                "INSERT INTO t VALUES (1,'x')|INSERT INTO t VALUES (22,'')",
            })
    void constantsDoNotShape(String one, String other) {
        assertThat(shape(one)).isEqualTo(shape(other));
        assertThat(Fingerprint.of(one).value()).isEqualTo(Fingerprint.of(other).value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM t1|SELECT * FROM t2",
                "SELECT $1|SELECT $2 + $1",
                "SELECT \"a 1\" FROM t|SELECT \"a 2\" FROM t",
                "SELECT 1 -- it's\\nFROM a|SELECT 1 -- it's\\nFROM b",
                "SELECT 1 /* ' */ FROM a /* ' */|SELECT 1 /* ' */ FROM b /* ' */",
                "SELECT E'\\'' FROM a WHERE b = ''|SELECT E'\\'' FROM c WHERE b = ''",
                "SELECT $$'$$ FROM a, b WHERE '' = ''|SELECT $$'$$ FROM c, b WHERE '' = ''",
                "SELECT $x$'$x$ FROM a, b WHERE '' = ''|SELECT $x$'$x$ FROM c, b WHERE '' = ''",
            })
    void namesShape(String one, String other) {
        assertThat(shape(one.replace("\\n", "\n"))).isNotEqualTo(shape(other.replace("\\n", "\n")));
    }

    @Test
    void whatRunsOftenIsNotLostToWhatRunsOnce() {
        TopStatements top = new TopStatements();
        for (int i = 0; i < 20_000; i++) {
            StatementRecord often = record(top, "SELECT often FROM t WHERE id = " + i);

            Objects.requireNonNull(often).ran(1000, 0);
            StatementRecord once = record(top, "SELECT c" + i + " FROM t");
            if (once != null) {
                once.ran(1, 0);
            }
            top.refill();
        }
        List<StatementRecord> all = top.copy();
        assertThat(all).hasSize(500);
        assertThat(all)
                .filteredOn(record -> record.text().startsWith("select often"))
                .singleElement()
                .satisfies(record -> assertThat(record.calls()).isEqualTo(20_000));
    }

    @Test
    void tooManyNewTextsAreNotLookedInto() {
        TopStatements top = new TopStatements();
        int known = 0;
        for (int i = 0; i < 5000; i++) {
            known += record(top, "SELECT c" + i + " FROM t") == null ? 0 : 1;
        }
        assertThat(known).isEqualTo(1000);
    }

    @Test
    void statementsOfAllProtocolsAreShown() throws Exception {
        try (TestServer server = TestServer.start();
                TestProxy proxy = new Written(server.port()).start();
                TestConsole console = proxy.console("watcher")) {
            try (Connection simple = proxy.connect("preferQueryMode=simple");
                    Statement statement = simple.createStatement()) {
                for (int i = 0; i < 7; i++) {
                    statement.execute("SELECT pg_sleep(0.001), " + i);
                }
            }
            try (Connection extended = proxy.connect("prepareThreshold=3");
                    var statement = extended.prepareStatement("SELECT ?::int AS prepared")) {
                for (int i = 0; i < 9; i++) {
                    statement.setInt(1, i);
                    statement.executeQuery().close();
                }
            }
            var rows = console.run("SHOW STATEMENTS").maps();
            assertThat(rows)
                    .filteredOn(row -> String.valueOf(row.get("statement")).contains("pg_sleep"))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row)
                                .containsEntry("calls", "7")
                                .containsEntry("database", "app");
                        assertThat(Long.parseLong(String.valueOf(row.get("mean_us"))))
                                .isGreaterThan(1000);
                        assertThat(row.get("fingerprint"))
                                .isEqualTo(Fingerprint.of("SELECT pg_sleep(0.001), 5").hex());
                    });
            assertThat(rows)
                    .filteredOn(row -> String.valueOf(row.get("statement")).contains("prepared"))
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("calls", "9"));
        }
    }
}
