package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Hardware;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.SetSetting;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of settings that are weighed against each other, the machine or the data. */
class SettingsArithmeticTest {
    private static TestServer good;
    private static ClusterFacts right;

    @BeforeAll
    static void start() {
        good = TestServer.start(ServerOptions.throwaway().withSettings(SettingsChecksTest.RIGHT));
        right = Reading.of(good);
    }

    @AfterAll
    static void stop() {
        good.close();
    }

    @Test
    void memory_for_maintenance_is_a_small_share_of_the_machine() {
        long mb = 1L << 20;
        OptionalLong none = OptionalLong.empty();
        assertThat(SettingsAutovacuumCheck.maintenanceMemory(true, none)).isEqualTo(256 * mb);
        assertThat(SettingsAutovacuumCheck.maintenanceMemory(false, none)).isEqualTo(64 * mb);
        assertThat(SettingsAutovacuumCheck.maintenanceMemory(true, OptionalLong.of(8192 * mb)))
                .isEqualTo(512 * mb);
        assertThat(SettingsAutovacuumCheck.maintenanceMemory(true, OptionalLong.of(1L << 40)))
                .isEqualTo(1024 * mb);
        assertThat(SettingsAutovacuumCheck.maintenanceMemory(false, OptionalLong.of(512 * mb)))
                .isEqualTo(32 * mb);
    }

    @Test
    void shared_buffers_in_huge_pages_are_enlarged_only_by_people() {
        good.execute(
                "CREATE TABLE huge AS SELECT repeat('x', 1000) AS t FROM generate_series(1, 140000)");
        Catalog read = Reading.of(good).main();
        assertThat(
                        Reading.findings(
                                new SettingsSharedBuffersCheck(),
                                ClusterFacts.of(ChangedFacts.setting(read, "huge_pages", "on"))))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.remedies())
                                .singleElement()
                                .isInstanceOfSatisfying(
                                        ByHand.class,
                                        hand ->
                                                assertThat(hand.advice())
                                                        .contains("vm.nr_hugepages", "2GB")));
        good.execute("DROP TABLE huge");
    }

    @Test
    void temporary_tables_and_autovacuum_have_their_part_in_the_memory() {
        SettingsMemoryCheck check = new SettingsMemoryCheck();
        assertThat(Reading.findings(check, right)).isEmpty();
        assertThat(Reading.findings(check, right("temp_buffers", mb(16, 8)))).isEmpty();
        assertThat(Reading.findings(check, right("temp_buffers", mb(32, 8))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.NOTICE);
                    assertThat(finding.summary()).contains("temp_buffers = 32MB", "3.1 GiB");
                });
        assertThat(Reading.findings(check, right("temp_buffers", mb(80, 8))))
                .extracting(finding -> finding.subject().name())
                .as("beyond all memory together with everything else")
                .containsExactly("work_mem", "temp_buffers");
        assertThat(Reading.findings(check, right("autovacuum_work_mem", mb(1024, 1)))).isEmpty();
        assertThat(Reading.findings(check, right("autovacuum_work_mem", mb(3072, 1))))
                .as("of each of three workers")
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.picture().orElseThrow().toString())
                                .contains("autovacuum workers"));
    }

    @Test
    void a_sample_of_slow_statements_in_the_log_is_enough() {
        Check check = Reading.check("settings-logging");
        ClusterFacts silent = right("log_min_duration_statement", "-1");
        assertThat(Reading.findings(check, silent))
                .extracting(finding -> finding.subject().name())
                .containsExactly("log_min_duration_statement");
        assertThat(
                        Reading.findings(
                                check,
                                ClusterFacts.of(
                                        ChangedFacts.setting(
                                                silent.main(), "log_min_duration_sample", "500"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "settings-parallel, max_parallel_maintenance_workers, 0, max_parallel_maintenance_workers",
        "settings-parallel, max_parallel_maintenance_workers, 9, max_parallel_maintenance_workers",
        "settings-parallel, max_worker_processes, 7, max_parallel_workers",
        "settings-logging, log_connections, '', log_connections",
        "settings-logging, log_connections, off, log_connections"
    })
    void one_wrong_setting_is_one_finding(String check, String name, String value, String subject) {
        assertThat(Reading.findings(Reading.check(check), right(name, value)))
                .extracting(finding -> finding.subject().name())
                .containsExactly(subject);
    }

    @Test
    void shared_buffers_are_weighed_against_memory_and_data() {
        Check check = new SettingsSharedBuffersCheck();
        Hardware small = Hardware.given(OptionalLong.of(1L << 30), OptionalInt.empty());
        ClusterFacts large = Reading.of(good.port(), "postgres", "postgres", small);
        assertThat(Reading.findings(check, large)).isEmpty();
        good.execute(
                "CREATE TABLE big AS SELECT repeat('x', 1000) AS t FROM generate_series(1, 140000)");
        assertThat(Reading.findings(check, Reading.of(good)))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.remedies())
                                .first()
                                .isEqualTo(
                                        new SetSetting(
                                                "shared_buffers",
                                                "2GB",
                                                java.util.Optional.empty(),
                                                true)));
        good.execute("DROP TABLE big");
    }

    @Test
    void without_the_memory_what_needs_it_is_not_checked() {
        ClusterFacts blind = ClusterFacts.of(ChangedFacts.withoutHardware(right.main()));
        assertThat(new SettingsSharedBuffersCheck().run(blind))
                .isEqualTo(Outcome.notChecked(MemoryUnknown.REASON));
        assertThat(new SettingsMemoryCheck().run(blind))
                .isEqualTo(Outcome.notChecked(MemoryUnknown.REASON));
        Catalog crowded =
                ChangedFacts.setting(
                        ChangedFacts.setting(right.main(), "work_mem", mb(256, 1)),
                        "max_connections",
                        "6000");
        assertThat(
                        Reading.findings(
                                new SettingsMemoryCheck(),
                                ClusterFacts.of(ChangedFacts.withoutHardware(crowded))))
                .as("more than machines have")
                .extracting(finding -> finding.subject().name())
                .containsExactly("work_mem");
    }

    /** What was read of the good server, with another value in its place. */
    private static ClusterFacts right(String name, String value) {
        return ClusterFacts.of(ChangedFacts.setting(right.main(), name, value));
    }

    /** In units of so many kB. */
    private static String mb(int megabytes, int unit) {
        return String.valueOf(megabytes * 1024 / unit);
    }
}
