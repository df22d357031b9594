package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.remedy.Finding;
import org.howdah.remedy.SetTableOptions;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Vacuum;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VacuumChecksTest {
    /** Some 115,000 transaction numbers. */
    private static final String USE_IDS =
            """
            DO $$ BEGIN
                CREATE TABLE other (id int);
                FOR i IN 1..115000 LOOP
                    BEGIN
                        INSERT INTO other VALUES (i);
                        IF i % 20000 = 0 THEN TRUNCATE other; END IF;
                    EXCEPTION WHEN unique_violation THEN NULL;
                    END;
                END LOOP;
            END $$
            """;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestDatabase.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestDatabase churned(String options) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE churned (id int PRIMARY KEY, note text)" + options,
                        "INSERT INTO churned SELECT i, repeat('x', 50) FROM generate_series(1, 10000) i",
                        "VACUUM ANALYZE churned",
                        "UPDATE churned SET note = repeat('y', 50) WHERE id % 10 <> 0");
    }

    @Test
    void autovacuum_disabled_on_a_table_is_found_and_can_be_enabled_again() {
        TestDatabase database = churned(" WITH (autovacuum_enabled = off, fillfactor = 90)");
        Finding finding = database.only(new AutovacuumDisabledCheck(), "public.churned");
        assertThat(finding.remedies().getFirst().statements())
                .containsExactly(
                        "ALTER TABLE \"public\".\"churned\" SET (autovacuum_enabled = true)");
        assertThat(finding.remedies().getFirst().undo())
                .containsExactly(
                        "ALTER TABLE \"public\".\"churned\" SET (autovacuum_enabled = off)");
        database.execute(finding.remedies().getFirst().statements().getFirst());
        database.quiet(new AutovacuumDisabledCheck());
    }

    @Test
    void autovacuum_behind_its_own_threshold_is_found() {
        TestDatabase database = churned("");
        Finding finding = database.only(new AutovacuumBehindCheck(), "public.churned");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.measures().get(1).value()).isEqualTo(50 + 0.2 * 10_000);
        assertThat(finding.remedies().getFirst()).isInstanceOf(Vacuum.class);
        database.execute("VACUUM churned").quiet(new AutovacuumBehindCheck());
    }

    @Test
    void autovacuum_is_not_behind_below_a_threshold_of_the_table_itself() {
        churned(" WITH (autovacuum_vacuum_scale_factor = 0.6)").quiet(new AutovacuumBehindCheck());
    }

    @Test
    void inserts_alone_make_autovacuum_behind_too() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE appended (id int)",
                                "INSERT INTO appended SELECT generate_series(1, 20000)");
        assertThat(database.only(new AutovacuumBehindCheck(), "public.appended").summary())
                .contains("inserted rows");
        database.execute("VACUUM appended").quiet(new AutovacuumBehindCheck());
    }

    @Test
    void many_dead_rows_are_found_with_settings_from_the_write_rate() {
        TestDatabase database = churned("");
        Finding finding = database.only(new DeadRowsCheck(), "public.churned");
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.measures().getFirst().value()).isBetween(0.45, 0.5);
        assertThat(finding.picture()).isPresent();
        assertThat(finding.remedies().getFirst()).isInstanceOf(Vacuum.class);
        SetTableOptions settings = (SetTableOptions) finding.remedies().get(1);
        assertThat(settings.options()).containsKey("autovacuum_vacuum_scale_factor");
        assertThat(
                        Double.parseDouble(
                                settings.options()
                                        .getOrDefault("autovacuum_vacuum_scale_factor", "")))
                .isBetween(0.001, AutovacuumTuning.PEAK_DEAD_SHARE);
        database.execute("VACUUM churned").quiet(new DeadRowsCheck());
    }

    @Test
    void an_old_table_is_found_and_frozen() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE old (id int) WITH (autovacuum_freeze_max_age = 100000)",
                                "INSERT INTO old VALUES (1)",
                                USE_IDS);
        Finding finding = database.only(new TableAgeCheck(), "public.old");
        assertThat(finding.remedies().getFirst().statements())
                .containsExactly("VACUUM (FREEZE, SKIP_LOCKED) \"public\".\"old\"");
        database.execute("VACUUM FREEZE old").quiet(new TableAgeCheck());
    }

    @Test
    void a_vacuum_that_runs_is_told_and_not_proposed_again() throws Exception {
        TestDatabase database = churned("");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET vacuum_cost_delay = '100ms'; SET vacuum_cost_limit = 1");
            CompletableFuture<Void> vacuum = CompletableFuture.runAsync(() -> vacuum(statement));
            Awaitility.await()
                    .untilAsserted(() -> {
                        Finding finding =
                                database.only(new AutovacuumBehindCheck(), "public.churned");
                        assertThat(finding.summary())
                                .contains("A vacuum runs on it now: scanning heap");
                        assertThat(finding.measures()).hasSize(6);
                        assertThat(finding.remedies()).isEmpty();
                    });
            statement.cancel();
            assertThat(vacuum).failsWithin(Duration.ofSeconds(10));
        }
    }

    private static void vacuum(Statement statement) {
        try {
            statement.execute("VACUUM churned");
        } catch (SQLException canceled) {
            throw new AssertionError(canceled);
        }
    }

    @Test
    void a_vacuum_to_prevent_wraparound_is_told() {
        try (TestServer awake =
                TestServer.start(
                        ServerOptions.throwaway().withSetting("autovacuum_naptime", "1"))) {
            TestDatabase database =
                    TestDatabase.on(awake)
                            .execute(
                                    "CREATE TABLE old (id int) WITH (autovacuum_freeze_max_age = 100000, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1)",
                                    "INSERT INTO old SELECT generate_series(1, 50000)",
                                    USE_IDS);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(database.only(new TableAgeCheck(), "public.old").summary())
                                    .contains("A vacuum to prevent wraparound runs on it now"));
        }
    }
}
