package org.howdah.check;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.SetSetting;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of settings on a server with all of them wrong and on one with all of them right. */
class SettingsChecksTest {
    private static final Map<String, String> WRONG =
            Map.ofEntries(
                    entry("max_connections", "6000"),
                    entry("superuser_reserved_connections", "0"),
                    entry("shared_buffers", "128MB"),
                    entry("huge_pages", "off"),
                    entry("work_mem", "256MB"),
                    entry("temp_buffers", "64MB"),
                    entry("maintenance_work_mem", "16MB"),
                    entry("effective_cache_size", "64MB"),
                    entry("random_page_cost", "0.5"),
                    entry("default_statistics_target", "10"),
                    entry("effective_io_concurrency", "1"),
                    entry("jit", "on"),
                    entry("jit_above_cost", "10"),
                    entry("enable_mergejoin", "off"),
                    entry("seq_page_cost", "2"),
                    entry("cpu_tuple_cost", "0.02"),
                    entry("cpu_index_tuple_cost", "0.01"),
                    entry("cpu_operator_cost", "0.005"),
                    entry("parallel_tuple_cost", "0.2"),
                    entry("parallel_setup_cost", "10"),
                    entry("checkpoint_timeout", "1min"),
                    entry("checkpoint_completion_target", "0.5"),
                    entry("max_wal_size", "512MB"),
                    entry("min_wal_size", "1GB"),
                    entry("wal_buffers", "32kB"),
                    entry("bgwriter_lru_maxpages", "0"),
                    entry("autovacuum", "off"),
                    entry("track_counts", "off"),
                    entry("track_activities", "off"),
                    entry("autovacuum_max_workers", "1"),
                    entry("autovacuum_vacuum_cost_delay", "20ms"),
                    entry("autovacuum_vacuum_cost_limit", "100"),
                    entry("autovacuum_naptime", "10min"),
                    entry("autovacuum_vacuum_scale_factor", "0.5"),
                    entry("autovacuum_freeze_max_age", "1500000000"),
                    entry("max_worker_processes", "4"),
                    entry("max_parallel_workers", "6"),
                    entry("max_parallel_maintenance_workers", "8"),
                    entry("max_parallel_workers_per_gather", "32"),
                    entry("log_destination", "csvlog"),
                    entry("log_lock_waits", "off"),
                    entry("log_statement", "all"),
                    entry("log_min_duration_statement", "0"),
                    entry("log_checkpoints", "off"),
                    entry("log_autovacuum_min_duration", "-1"),
                    entry("log_temp_files", "-1"),
                    entry("track_io_timing", "off"),
                    entry("statement_timeout", "1h"),
                    entry("lock_timeout", "1h"),
                    entry("deadlock_timeout", "50ms"),
                    entry("wal_sender_timeout", "0"),
                    entry("authentication_timeout", "10min"),
                    entry("synchronous_commit", "remote_apply"),
                    entry("zero_damaged_pages", "on"),
                    entry("ignore_checksum_failure", "on"),
                    entry("wal_level", "minimal"),
                    entry("max_wal_senders", "0"));

    static final Map<String, String> RIGHT =
            Map.ofEntries(
                    entry("max_connections", "100"),
                    entry("fsync", "on"),
                    entry("full_page_writes", "on"),
                    entry("synchronous_commit", "on"),
                    entry("shared_buffers", "128MB"),
                    entry("work_mem", "8MB"),
                    entry("effective_cache_size", "6GB"),
                    entry("random_page_cost", "1.1"),
                    entry("log_lock_waits", "on"),
                    entry("log_connections", "on"),
                    entry("log_disconnections", "on"),
                    entry("log_min_duration_statement", "1000"),
                    entry("log_temp_files", "10MB"),
                    entry("log_autovacuum_min_duration", "10min"),
                    entry("max_wal_size", "1GB"),
                    entry("idle_in_transaction_session_timeout", "10min"));

    private static TestServer bad;
    private static TestServer good;
    private static ClusterFacts wrong;
    private static ClusterFacts right;

    @BeforeAll
    static void start() {
        bad = TestServer.start(ServerOptions.throwaway().withSettings(WRONG));
        good = TestServer.start(ServerOptions.throwaway().withChecksums(true).withSettings(RIGHT));
        bad.execute("CREATE TABLE t AS SELECT generate_series(1, 20000) AS id");
        bad.execute("ALTER SYSTEM SET log_temp_files = '-1'");
        bad.execute(
                "CREATE ROLE harmful; ALTER ROLE harmful SET synchronous_commit = remote_apply");
        bad.execute("ALTER ROLE harmful SET transaction_read_only = on");
        good.execute("CREATE ROLE harmless; ALTER ROLE harmless SET work_mem = '32MB'");
        wrong = Reading.of(bad);
        right = Reading.of(good);
    }

    @AfterAll
    static void stop() {
        bad.close();
        good.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            textBlock =
                    """
                    settings-memory: work_mem temp_buffers
                    settings-durability: fsync full_page_writes zero_damaged_pages ignore_checksum_failure synchronous_commit wal_level data_checksums
                    settings-planner: random_page_cost effective_cache_size effective_io_concurrency default_statistics_target jit_above_cost enable_mergejoin seq_page_cost cpu_tuple_cost cpu_index_tuple_cost cpu_operator_cost parallel_tuple_cost parallel_setup_cost
                    settings-checkpoints: checkpoint_timeout checkpoint_completion_target max_wal_size min_wal_size bgwriter_lru_maxpages wal_buffers
                    settings-autovacuum: autovacuum track_counts autovacuum_max_workers autovacuum_vacuum_cost_delay autovacuum_vacuum_cost_limit autovacuum_naptime autovacuum_vacuum_scale_factor maintenance_work_mem autovacuum_freeze_max_age
                    settings-parallel: max_parallel_workers max_parallel_workers_per_gather max_parallel_workers_per_gather max_parallel_maintenance_workers
                    settings-connections: max_connections superuser_reserved_connections
                    settings-logging: log_connections log_disconnections track_activities log_lock_waits log_min_duration_statement log_statement log_checkpoints log_autovacuum_min_duration log_temp_files track_io_timing logging_collector
                    settings-timeouts: idle_in_transaction_session_timeout statement_timeout lock_timeout deadlock_timeout wal_sender_timeout authentication_timeout
                    settings-huge-pages: huge_pages
                    settings-overrides: harmful
                    settings-ignored: transaction_read_only
                    """)
    void speaks_of_each_wrong_setting(String check, String settings) {
        assertThat(Reading.findings(Reading.check(check), wrong))
                .extracting(finding -> finding.subject().name())
                .containsExactlyInAnyOrder(settings.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settings-memory",
                "settings-shared-buffers",
                "settings-durability",
                "settings-planner",
                "settings-checkpoints",
                "settings-autovacuum",
                "settings-parallel",
                "settings-connections",
                "settings-logging",
                "settings-timeouts",
                "settings-huge-pages",
                "settings-standby",
                "settings-overrides",
                "settings-ignored",
                "settings-file-errors",
                "settings-pending-restart"
            })
    void is_quiet_on_a_server_that_is_set_up_well(String check) {
        assertThat(Reading.findings(Reading.check(check), right)).isEmpty();
    }

    @Test
    void every_remedy_is_a_valid_statement_with_an_undo() {
        List<SetSetting> remedies =
                ServerChecks.all().stream()
                        .map(check -> check.run(wrong))
                        .flatMap(outcome ->
                                outcome instanceof Outcome.Checked checked
                                        ? checked.findings().stream()
                                        : java.util.stream.Stream.<Finding>empty())
                        .flatMap(finding -> finding.remedies().stream())
                        .filter(SetSetting.class::isInstance)
                        .map(SetSetting.class::cast)
                        .toList();
        assertThat(remedies).hasSizeGreaterThan(25);
        remedies.forEach(remedy -> remedy.statements().forEach(bad::execute));
        remedies.forEach(remedy -> remedy.undo().forEach(bad::execute));
        assertThat(remedies)
                .filteredOn(remedy -> remedy.name().equals("log_temp_files"))
                .singleElement()
                .satisfies(remedy -> assertThat(remedy.previous()).hasValue("-1"));
        assertThat(remedies)
                .filteredOn(remedy -> remedy.name().equals("autovacuum_max_workers"))
                .allSatisfy(remedy -> assertThat(remedy.restart()).isFalse());
    }

    @Test
    void what_protects_somebody_is_taken_away_only_by_people() {
        List<Finding> findings =
                List.of("settings-timeouts", "settings-durability", "settings-planner").stream()
                        .flatMap(check -> Reading.findings(Reading.check(check), wrong).stream())
                        .toList();
        for (String name :
                List.of(
                        "statement_timeout",
                        "lock_timeout",
                        "synchronous_commit",
                        "cpu_tuple_cost")) {
            assertThat(findings)
                    .filteredOn(finding -> finding.subject().name().equals(name))
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.remedies())
                                    .singleElement()
                                    .isInstanceOf(ByHand.class));
        }
    }

    @Test
    void says_how_much_the_settings_can_ask_for() {
        Finding finding = Reading.findings(Reading.check("settings-memory"), wrong).getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.summary()).contains("6000 connections", "256MB", "1.5 TiB", "8.0 GiB");
    }

    @Test
    void on_aurora_settings_of_the_log_are_ignored_and_nothing_is_altered() {
        bad.execute(
                "SET allow_system_table_mods = on; CREATE FUNCTION pg_catalog.aurora_version()"
                        + " RETURNS text LANGUAGE sql AS 'SELECT ''17.4.1'''");
        try {
            ClusterFacts aurora = Reading.of(bad);
            assertThat(Reading.findings(Reading.check("settings-ignored"), aurora))
                    .extracting(Finding::summary)
                    .anyMatch(summary ->
                            summary.contains("have no effect on Amazon Aurora")
                                    && summary.contains("checkpoint_timeout = 60"));
            assertThat(Reading.findings(Reading.check("settings-checkpoints"), aurora)).isEmpty();
            assertThat(Reading.findings(Reading.check("settings-durability"), aurora))
                    .extracting(finding -> finding.subject().name())
                    .doesNotContain("fsync", "full_page_writes", "wal_level");
            assertThat(Reading.findings(Reading.check("settings-autovacuum"), aurora))
                    .flatExtracting(Finding::remedies)
                    .noneMatch(SetSetting.class::isInstance);
        } finally {
            bad.execute(
                    "SET allow_system_table_mods = on; DROP FUNCTION pg_catalog.aurora_version()");
        }
    }
}
