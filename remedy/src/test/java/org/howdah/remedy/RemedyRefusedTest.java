package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;
import static org.howdah.remedy.Workshop.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Remedies that the server does not let be made: rights that lack, a disk that is full. */
class RemedyRefusedTest {
    private static Workshop shop;

    @BeforeAll
    static void open() {
        shop = Workshop.open();
        shop.execute("postgres", "CREATE ROLE onlooker LOGIN", "GRANT pg_monitor TO onlooker");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static String orders() {
        String database = shop.database();
        shop.execute(
                database,
                "CREATE TABLE orders (id int PRIMARY KEY, total int)",
                "INSERT INTO orders SELECT g, g FROM generate_series(1, 1000) g");
        return database;
    }

    /** By a role that may see everything and change nothing. */
    private static RemedyOutcome runAsOnlooker(Remedy remedy) {
        RemedyOutcome outcome =
                new RemedyRunner(
                                new Target(
                                        Workshop.CLUSTER,
                                        Dsn.of(
                                                "127.0.0.1",
                                                shop.server().port(),
                                                "postgres",
                                                "onlooker")),
                                shop.journal(),
                                Policy.applyAll(),
                                GuardLimits.defaults(),
                                Workshop.quick(),
                                new Random(7))
                        .run(plan(remedy), Approval.NOBODY, RunListener.SILENT)
                        .outcomes()
                        .getLast();
        JournalEntry entry = shop.entry(outcome);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.FAILED);
        assertThat(entry.state()).isEqualTo(RemedyState.FAILED);
        assertThat(entry.reason()).isEqualTo(outcome.reason()).contains("; hint: it needs ");
        assertThat(entry.endedAt()).isPresent();
        assertThat(entry.reason()).doesNotContain("left", "removed");
        // Nothing is left to do for the next run.
        assertThat(shop.runner().recover(RunListener.SILENT)).isEmpty();
        return outcome;
    }

    private static int major() {
        return Integer.parseInt(shop.text("postgres", "SHOW server_version_num")) / 10_000;
    }

    private static List<JournalStatement> statements(RemedyOutcome outcome) {
        return shop.entry(outcome).statements();
    }

    @Test
    void vacuumWithoutTheRightIsNoSuccess() {
        String database = orders();
        RemedyOutcome outcome =
                runAsOnlooker(new Vacuum(database, name("orders"), false, false, Cost.NOTHING));
        assertThat(outcome.reason())
                .startsWith("nothing was done: ")
                .contains("orders", "skipping", "the owner of the table");
        assertThat(outcome.reason().contains("pg_maintain")).isEqualTo(major() >= 17);
        assertThat(
                        shop.text(
                                database,
                                "SELECT relallvisible FROM pg_class WHERE relname = 'orders'"))
                .isEqualTo("0");
    }

    @Test
    void indexOfAnotherRolesTableIsNotBegun() {
        String database = orders();
        RemedyOutcome outcome = runAsOnlooker(index(database, "orders", "orders_total", "(total)"));
        assertThat(outcome.reason()).contains("orders", "the owner of the table");
        assertThat(statements(outcome))
                .singleElement()
                .satisfies(statement -> assertThat(statement.sqlState()).isEqualTo("42501"));
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void optionsOfAnotherRolesTableAreNotChanged() {
        String database = orders();
        RemedyOutcome outcome =
                runAsOnlooker(
                        new SetTableOptions(
                                database, name("orders"), Map.of("fillfactor", "80"), Map.of()));
        assertThat(outcome.reason()).contains("orders", "the owner of the table");
        assertThat(statements(outcome))
                .allMatch(statement -> statement.sqlState().equals("42501"))
                .isNotEmpty();
        assertThat(shop.text(database, "SELECT reloptions FROM pg_class WHERE relname = 'orders'"))
                .isEqualTo("null");
    }

    @Test
    void settingIsNotChangedAndNotTakenBack() {
        RemedyOutcome outcome =
                runAsOnlooker(new SetSetting("work_mem", "9MB", Optional.empty(), false));
        assertThat(outcome.reason()).contains("work_mem", "superuser");
        assertThat(outcome.reason().contains("GRANT ALTER SYSTEM ON PARAMETER"))
                .isEqualTo(major() >= 15);
        assertThat(statements(outcome))
                .as("no RESET, for which the right lacks too")
                .singleElement()
                .satisfies(statement -> assertThat(statement.sqlState()).isEqualTo("42501"));
        assertThat(
                        shop.text(
                                "postgres",
                                "SELECT count(*) FROM pg_file_settings WHERE name = 'work_mem' AND sourcefile LIKE '%auto.conf'"))
                .isEqualTo("0");
    }

    @Test
    void fullDiskLeavesNoInvalidIndex() {
        String database = orders();
        shop.execute(
                database,
                """
                CREATE FUNCTION filling(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$
                BEGIN
                    IF n = 500 THEN
                        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
                    END IF;
                    RETURN n;
                END $$
                """);
        try (Session session = shop.session(database)) {
            assertThatThrownBy(() ->
                            session.execute(
                                    "CREATE INDEX CONCURRENTLY by_hand ON public.orders (public.filling(total))"))
                    .hasMessageContaining("No space left");
            assertThat(shop.indexes(database, "orders")).contains("by_hand!");
            session.execute("DROP INDEX public.by_hand");
        }
        RemedyOutcome outcome =
                shop.runOne(index(database, "orders", "orders_total", "(public.filling(total))"));
        assertThat(outcome.state()).isEqualTo(RemedyState.FAILED);
        assertThat(outcome.reason())
                .contains("No space left on device", "; hint: Make room on the disks", "53100");
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
        JournalEntry entry = shop.entry(outcome);
        assertThat(entry.state()).isEqualTo(RemedyState.FAILED);
        assertThat(entry.reason()).isEqualTo(outcome.reason());
        assertThat(entry.statements())
                .anyMatch(statement ->
                        statement.outcome() == JournalStatement.Outcome.FAILED
                                && statement.sqlState().equals("53100"));
        assertThat(entry.statements().getLast())
                .matches(last -> last.statement().startsWith("DROP INDEX"))
                .matches(last -> last.outcome() == JournalStatement.Outcome.DONE);
    }
}
