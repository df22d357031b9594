package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Settings, run by the runner on a real server. */
class SettingRemedyTest {
    private static Workshop shop;

    @BeforeAll
    static void open() {
        shop = Workshop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void settingIsAppliedVerifiedAndUndone() {
        RemedyOutcome outcome =
                shop.runOne(new SetSetting("work_mem", "7MB", Optional.empty(), false));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(shop.text("postgres", "SHOW work_mem")).isEqualTo("7MB");
        RemedyOutcome second =
                shop.runOne(new SetSetting("work_mem", "8MB", Optional.empty(), false));

        // The value that the file had, not the one that the remedy believed.
        shop.runner().undo(second.journalId().orElseThrow(), "test", RunListener.SILENT);
        assertThat(shop.text("postgres", "SHOW work_mem")).isEqualTo("7MB");
        shop.runner().undo(outcome.journalId().orElseThrow(), "test", RunListener.SILENT);
        assertThat(shop.text("postgres", "SHOW work_mem")).isEqualTo("4MB");
    }

    @Test
    void settingThatNeedsARestartSaysSo() {
        RemedyOutcome outcome =
                shop.runOne(new SetSetting("max_wal_senders", "7", Optional.empty(), true));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(outcome.reason()).contains("restarted");
        shop.runner().undo(outcome.journalId().orElseThrow(), "test", RunListener.SILENT);
    }

    @Test
    void wrongValuesAreRefusedByTheServerAndNothingStays() {
        RemedyOutcome outcome =
                shop.runOne(new SetSetting("work_mem", "many", Optional.empty(), false));
        assertThat(outcome.state()).isEqualTo(RemedyState.FAILED);
        assertThat(outcome.reason()).contains("invalid value");
        // Nothing was written, so there is nothing to take back.
        assertThat(shop.entry(outcome).statements()).hasSize(1);
        assertThat(shop.text("postgres", "SHOW work_mem")).isEqualTo("4MB");
    }

    /** It may set the value, but not read the file in which the old one is. */
    @Test
    void valueOfAFileThatCannotBeReadIsNotLost() {
        shop.execute(
                "postgres",
                "CREATE ROLE setter LOGIN",
                "GRANT SET, ALTER SYSTEM ON PARAMETER maintenance_work_mem TO setter",
                "GRANT EXECUTE ON FUNCTION pg_reload_conf() TO setter",
                "ALTER SYSTEM SET maintenance_work_mem = '96MB'",
                "SELECT pg_reload_conf()");
        await().until(() -> shop.text("postgres", "SHOW maintenance_work_mem").equals("96MB"));
        RemedyRunner runner =
                new RemedyRunner(
                        new Target(Workshop.CLUSTER, shop.dsn("postgres").withUser("setter")),
                        shop.journal(),
                        Policy.applyAll(),
                        GuardLimits.defaults(),
                        Workshop.quick(),
                        new Random(3));
        RemedyOutcome outcome =
                Workshop.runOne(
                        runner,
                        new SetSetting("maintenance_work_mem", "128MB", Optional.empty(), false),
                        RunListener.SILENT);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.FAILED);
        assertThat(outcome.reason()).contains("cannot be seen").contains("pg_read_all_settings");
        await().until(() -> shop.text("postgres", "SHOW maintenance_work_mem").equals("96MB"));
        assertThat(
                        shop.text(
                                "postgres",
                                "SELECT setting FROM pg_file_settings WHERE name = 'maintenance_work_mem' AND sourcefile LIKE '%auto.conf'"))
                .isEqualTo("98304");
    }

    @Test
    void settingThatTheCommandLineOverridesIsRefused() {
        RemedyOutcome outcome =
                shop.runOne(new SetSetting("listen_addresses", "*", Optional.empty(), true));
        assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
        assertThat(outcome.reason()).contains("command line");
        assertThat(
                        shop.text(
                                "postgres",
                                "SELECT count(*) FROM pg_file_settings WHERE name = 'listen_addresses' AND sourcefile LIKE '%auto.conf'"))
                .isEqualTo("0");
    }
}
