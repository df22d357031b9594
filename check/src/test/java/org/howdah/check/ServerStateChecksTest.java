package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.ServerVersion;
import org.howdah.remedy.Finding;
import org.howdah.remedy.SetSetting;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The checks of statements, caches, checkpoints, archiving, numbers and damage. */
class ServerStateChecksTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Clock EARLY =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static TestServer server;
    private static ClusterFacts calm;

    @BeforeAll
    static void start() {
        server =
                TestServer.start(
                        ServerOptions.throwaway()
                                .withChecksums(true)
                                .withSettings(
                                        Map.of(
                                                "autovacuum", "off",
                                                "archive_mode", "on",
                                                "archive_command", "/bin/true",
                                                "pg_stat_statements.max", "100",
                                                "log_min_messages", "fatal")));
        server.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        calm = Reading.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_calm_server_has_no_findings() {
        List<Check> checks =
                List.of(
                        new SlowStatementsCheck(),
                        new HeavyStatementsCheck(),
                        new StatementsMissingCheck(),
                        new TemporaryFilesCheck(1 << 20),
                        new CacheHitCheck(),
                        new IndexHitCheck(),
                        new CheckpointsRequestedCheck(),
                        new WalDirectoryCheck(),
                        new ArchivingCheck(),
                        new BackupMissingCheck(),
                        WraparoundCheck.ofTransactions(),
                        WraparoundCheck.ofMultixacts(),
                        new ChecksumFailuresCheck());
        for (Check check : checks) {
            assertThat(Reading.findings(check, calm)).as(check.id()).isEmpty();
        }
    }

    @Test
    void slow_and_heavy_statements_are_ranked() {
        for (int i = 0; i < 3; i++) {
            server.execute("SELECT 'slow one', pg_sleep(0.1)");
        }
        server.execute("VACUUM");
        ClusterFacts facts = Reading.of(server);
        assertThat(Reading.findings(new SlowStatementsCheck(Duration.ofMillis(90), 3), facts))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.summary()).contains("pg_sleep", "in 3 calls");
                    assertThat(finding.picture()).isPresent();
                });
        assertThat(Reading.findings(new SlowStatementsCheck(Duration.ofMillis(90), 4), facts))
                .isEmpty();
        assertThat(Reading.findings(new HeavyStatementsCheck(SHORT), facts))
                .extracting(Finding::summary)
                .anyMatch(summary -> summary.contains("pg_sleep"));
    }

    @Test
    void sorts_that_go_to_disk_are_seen_with_their_statement() {
        server.execute(
                "SET work_mem = '64kB'; SELECT count(*) FROM (SELECT i FROM generate_series(1, 200000) AS i ORDER BY md5(i::text)) sorted");
        await().untilAsserted(() ->
                assertThat(Reading.findings(new TemporaryFilesCheck(1 << 20), Reading.of(server)))
                        .filteredOn(finding -> finding.subject().name().equals("postgres"))
                        .singleElement()
                        .satisfies(finding ->
                                assertThat(finding.summary())
                                        .contains("postgres", "temporary files")));
    }

    @Test
    void a_database_without_the_extension_and_a_full_table_of_statements_are_seen() {
        server.createDatabase("bare");
        ClusterFacts bare = Reading.of(server.port(), "bare", "postgres", Reading.MACHINE);
        assertThat(Reading.findings(new StatementsMissingCheck(), bare))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.remedies().getFirst().statements())
                                .containsExactly("CREATE EXTENSION pg_stat_statements"));
        assertThat(new SlowStatementsCheck().run(bare)).isInstanceOf(Outcome.NotChecked.class);
        server.createDatabase("crowd");
        server.executeIn("crowd", distinctStatements());
        assertThat(Reading.findings(new StatementsMissingCheck(), Reading.of(server)))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.remedies())
                                .first()
                                .isEqualTo(
                                        new SetSetting(
                                                "pg_stat_statements.max",
                                                "200",
                                                java.util.Optional.empty(),
                                                true)));
    }

    /** Statements of different shapes: each has one more column than the last. */
    private static String distinctStatements() {
        StringBuilder all = new StringBuilder();
        StringBuilder columns = new StringBuilder("1");
        for (int i = 0; i < 150; i++) {
            columns.append(", 1");
            all.append("SELECT ").append(columns).append("; ");
        }
        return all.toString();
    }

    @Test
    void pages_that_were_not_in_shared_buffers_are_seen() throws SQLException {
        server.createDatabase("cold");
        server.executeIn(
                "cold",
                "CREATE TABLE t AS SELECT i AS id, repeat('x', 500) AS filler FROM generate_series(1, 60000) AS i");
        server.executeIn("cold", "CREATE INDEX ON t (filler, id)");
        try (Connection connection = server.connect("cold");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_reset(); SELECT pg_stat_force_next_flush()");
            statement.execute("SET enable_seqscan = off; SET enable_bitmapscan = off");
            for (int i = 0; i < 3; i++) {
                statement.execute("SELECT count(*) FROM t WHERE filler > 'a'");
                statement.execute(
                        "SET enable_seqscan = on; SELECT count(id + 1) FROM t; SET enable_seqscan = off");
            }
        }
        await().untilAsserted(() -> {
            ClusterFacts facts = Reading.of(server.port(), "cold", "postgres", Reading.MACHINE);
            assertThat(Reading.findings(new CacheHitCheck(1000), facts))
                    .extracting(finding -> finding.subject().name())
                    .contains("cold");
            assertThat(Reading.findings(new IndexHitCheck(100), facts)).hasSize(1);
        });
    }

    @Test
    void checkpoints_that_were_requested_are_seen_with_a_larger_limit() {
        for (int i = 0; i < 10; i++) {
            server.execute("CHECKPOINT");
        }
        server.execute("SELECT pg_stat_reset_shared('wal')");
        await().untilAsserted(() ->
                assertThat(Reading.findings(new CheckpointsRequestedCheck(), Reading.of(server)))
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.severity()).isEqualTo(Severity.NOTICE);
                            assertThat(finding.remedies()).isEmpty();
                        }));
        server.execute("SELECT pg_logical_emit_message(false, 'x', repeat('x', 100000000))");
        await().untilAsserted(() ->
                assertThat(Reading.findings(new CheckpointsRequestedCheck(), Reading.of(server)))
                        .singleElement()
                        .satisfies(finding ->
                                assertThat(finding.remedies())
                                        .first()
                                        .isInstanceOf(SetSetting.class)));
    }

    @Test
    void max_wal_size_grows_in_steps_and_ends() {
        long gb = 1L << 30;
        assertThat(CheckpointsRequestedCheck.larger(gb, 10.5 * gb)).hasValue(2 * gb);
        assertThat(CheckpointsRequestedCheck.larger(8 * gb, 10.5 * gb)).hasValue(11 * gb);
        assertThat(CheckpointsRequestedCheck.larger(11 * gb, 10.5 * gb)).isEmpty();
        assertThat(CheckpointsRequestedCheck.larger(40 * gb, 1e15)).hasValue(64 * gb);
        assertThat(CheckpointsRequestedCheck.larger(64 * gb, 1e15)).isEmpty();
    }

    @Test
    void an_archiver_that_fails_is_seen_and_so_is_one_without_a_command() {
        server.execute("ALTER SYSTEM SET archive_command = '/bin/false'");
        server.execute("SELECT pg_reload_conf()");
        server.execute("SELECT pg_logical_emit_message(true, 'x', 'x')");
        server.execute("SELECT pg_switch_wal()");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(Reading.findings(new ArchivingCheck(), Reading.of(server)))
                                .singleElement()
                                .satisfies(finding -> {
                                    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
                                    assertThat(finding.summary()).contains("failed");
                                }));
        server.execute("ALTER SYSTEM SET archive_command = ''");
        server.execute("SELECT pg_reload_conf()");
        await().untilAsserted(() ->
                assertThat(Reading.findings(new ArchivingCheck(), Reading.of(server)))
                        .extracting(Finding::summary)
                        .containsExactly("archive_mode is on and archive_command is empty"));
        server.execute("ALTER SYSTEM RESET archive_command");
        server.execute("SELECT pg_reload_conf()");
    }

    @Test
    void a_server_whose_log_goes_nowhere_is_seen() {
        try (TestServer alone = TestServer.start()) {
            assertThat(Reading.findings(new BackupMissingCheck(), Reading.of(alone))).hasSize(1);
        }
    }

    @Test
    void old_transaction_and_multixact_numbers_are_seen() {
        server.execute("CREATE DATABASE old TEMPLATE template0");
        server.execute(
                "UPDATE pg_database SET datfrozenxid = ((txid_current() + 4294967296 - 1000000000) % 4294967296)::text::xid,"
                        + " datminmxid = ((mxid_age('1'::xid)::int8 + 1 + 4294967296 - 1500000000) % 4294967296)::text::xid"
                        + " WHERE datname = 'old'");
        ClusterFacts facts = Reading.of(server);
        assertThat(Reading.findings(WraparoundCheck.ofTransactions(), facts))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.summary())
                            .startsWith("old has used 46.6 % of its transaction numbers")
                            .contains("numbers a second are used (over");
                });
        assertThat(Reading.findings(WraparoundCheck.ofMultixacts(), facts))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.CRITICAL));
        server.execute("DROP DATABASE old");
    }

    @Test
    void a_damaged_page_is_seen() throws Exception {
        try (TestServer damaged = TestServer.start(ServerOptions.throwaway().withChecksums(true))) {
            damaged.execute("CREATE TABLE t AS SELECT generate_series(1, 1000) AS id");
            damaged.execute("CHECKPOINT");
            Path file = damaged.server().data().resolve(filePath(damaged));
            damaged.server().stop();
            damage(file);
            damaged.server().start();
            assertThat(Reading.findings(new ChecksumFailuresCheck(), Reading.of(damaged)))
                    .isEmpty();
            try (Connection connection = damaged.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT count(*) FROM t");
            } catch (SQLException refused) {
                assertThat(refused.getMessage()).contains("invalid page");
            }
            await().untilAsserted(() ->
                    assertThat(Reading.findings(new ChecksumFailuresCheck(), Reading.of(damaged)))
                            .singleElement()
                            .satisfies(finding ->
                                    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL)));
        }
    }

    private static String filePath(TestServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_relation_filepath('t')")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void damage(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[8000] ^= 0x55;
            Files.write(file, bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void a_log_that_something_keeps_is_found_with_its_keeper() {
        try (TestServer writing =
                TestServer.start(
                        ServerOptions.throwaway()
                                .withSettings(
                                        Map.of(
                                                "max_wal_size", "32MB",
                                                "min_wal_size", "32MB",
                                                "wal_level", "replica",
                                                "max_wal_senders", "2")))) {
            Check check = new WalDirectoryCheck(32 << 20);
            assertThat(Reading.findings(check, Reading.of(writing))).isEmpty();
            writing.execute("SELECT pg_create_physical_replication_slot('forgotten', true)");
            for (int i = 0; i < 8; i++) {
                writing.execute(
                        "SELECT pg_switch_wal() FROM pg_logical_emit_message(false, 'x', 'y')");
            }
            writing.execute("CHECKPOINT");
            ClusterFacts kept = Reading.of(writing);
            assertThat(Reading.findings(check, kept))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                        assertThat(finding.summary()).contains("its settings ask for 32");
                        assertThat(finding.remedies().toString()).contains("slot forgotten keeps");
                    });
            assertThat(Reading.findings(new WalDirectoryCheck(), kept)).isEmpty();
            writing.execute("SELECT pg_drop_replication_slot('forgotten')");
            writing.execute("CHECKPOINT");
            assertThat(Reading.findings(check, Reading.of(writing))).isEmpty();
        }
    }

    @Test
    void versions_with_faults_and_without_support_are_named() {
        assertThat(version(140_001))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
                    assertThat(finding.summary())
                            .contains("REINDEX CONCURRENTLY", "corrected in 14.4", "CVE-2023-5869")
                            .doesNotContain("incremental");
                });
        assertThat(version(140_003).getFirst().summary()).doesNotContain("14.2)");
        assertThat(version(180_006))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.summary())
                            .contains("CVE-2026-120141", "incremental backups")
                            .doesNotContain("CVE-2026-16239");
                });
        assertThat(version(180_002).getFirst().summary()).contains("a reader can fail");
        assertThat(version(180_001).getFirst().summary()).doesNotContain("a reader can fail");
        for (int current : List.of(140_025, 150_020, 160_016, 170_012, 180_007, 190_000)) {
            assertThat(version(current)).as("%s", current).isEmpty();
        }
        Clock late = Clock.fixed(Instant.parse("2030-11-15T00:00:00Z"), ZoneOffset.UTC);
        assertThat(
                        Reading.findings(
                                new ServerVersionCheck(late),
                                ClusterFacts.of(as(calm.main(), 180_007))))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.summary()).contains("last release was on 2030-11-14"));
    }

    private static List<Finding> version(int number) {
        return Reading.findings(
                new ServerVersionCheck(EARLY), ClusterFacts.of(as(calm.main(), number)));
    }

    private static Catalog as(Catalog catalog, int version) {
        return new Catalog(
                catalog.node(),
                new ServerVersion(version),
                catalog.inRecovery(),
                catalog.server(),
                catalog.database());
    }
}
