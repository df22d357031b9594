package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;
import static org.howdah.remedy.Workshop.plan;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each kind of remedy, made and undone, where nothing is in the way. */
class RemedyRunnerTest {
    private static Workshop shop;

    @BeforeAll
    static void open() {
        shop = Workshop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static String orders() {
        String database = shop.database();
        shop.execute(
                database,
                "CREATE TABLE orders (id bigint PRIMARY KEY, status text, total int)",
                "INSERT INTO orders SELECT g, CASE WHEN g % 1000 = 0 THEN 'open' ELSE 'done' END, g FROM generate_series(1, 20000) g",
                "ANALYZE orders");
        return database;
    }

    @Test
    void vacuumRemovesDeadTuplesAndSaysSo() {
        String database = orders();
        shop.execute(database, "DELETE FROM orders WHERE id % 2 = 0");

        RemedyOutcome outcome =
                shop.runOne(new Vacuum(database, name("orders"), true, false, Cost.NOTHING));

        assertThat(outcome.state()).isEqualTo(RemedyState.DONE);
        assertThat(outcome.aim().orElseThrow().before()).hasValue(10_000);
        assertThat(outcome.after()).hasValue(0);
        JournalEntry entry = shop.entry(outcome);
        assertThat(entry.state()).isEqualTo(RemedyState.DONE);
        assertThat(entry.finding()).isEqualTo("test-check");
        assertThat(entry.allowedBy()).isEqualTo("policy APPLY (default)");
        assertThat(entry.guards()).anyMatch(sentence -> sentence.startsWith("load: "));
        assertThat(entry.statements()).hasSize(1);
        assertThat(entry.statements().getFirst().statement()).startsWith("VACUUM (");
        assertThat(entry.statements().getFirst().outcome())
                .isEqualTo(JournalStatement.Outcome.DONE);
        assertThat(entry.canBeUndone()).isFalse();
        assertThatThrownBy(() -> shop.runner().undo(entry.id(), "test", RunListener.SILENT))
                .isInstanceOf(HowdahException.class)
                .hasMessageContaining("nothing to take back");
    }

    @Test
    void vacuumThatDoesNotHelpSaysSo() throws SQLException {
        String database = orders();
        try (Connection old = shop.transaction(database, "SELECT * FROM orders LIMIT 1")) {
            shop.execute(database, "DELETE FROM orders WHERE id % 2 = 0");
            RemedyOutcome outcome =
                    shop.runOne(new Vacuum(database, name("orders"), false, false, Cost.NOTHING));
            assertThat(outcome.state()).isEqualTo(RemedyState.DONE);
            assertThat(outcome.reason())
                    .isEqualTo("dead tuples did not improve: 10,000 before, 10,000 after");
            old.rollback();
        }
    }

    @Test
    void guardsCanBeAskedBeforehand() {
        String database = orders();
        assertThat(shop.runner().guards(new Reindex(database, name("orders_pkey"), Cost.NOTHING)))
                .hasSize(8)
                .allMatch(reading -> reading.verdict() == GuardReading.Verdict.PASS);
    }

    @Test
    void tableOptionsAreSetAndTakenBack() {
        String database = orders();
        shop.execute(database, "ALTER TABLE orders SET (fillfactor = 90)");
        RemedyOutcome outcome =
                shop.runOne(
                        new SetTableOptions(
                                database,
                                name("orders"),
                                Map.of(
                                        "fillfactor",
                                        "80",
                                        "autovacuum_vacuum_scale_factor",
                                        "0.01"),
                                Map.of()));
        assertThat(outcome.state()).isEqualTo(RemedyState.DONE);
        assertThat(options(database))
                .isEqualTo("{autovacuum_vacuum_scale_factor=0.01,fillfactor=80}");
        JournalEntry entry = shop.entry(outcome);
        assertThat(entry.statements().getFirst().lockMode())
                .isEqualTo(LockMode.SHARE_UPDATE_EXCLUSIVE);

        UndoOutcome undo = shop.runner().undo(entry.id(), "test", RunListener.SILENT);

        assertThat(undo.state()).isEqualTo(RemedyState.DONE);
        assertThat(options(database)).isEqualTo("{fillfactor=90}");
        assertThat(shop.journal().get(entry.id()).state()).isEqualTo(RemedyState.UNDONE);
        assertThat(shop.journal().get(entry.id()).undoneBy()).hasValue(undo.journalId());
        assertThat(shop.journal().get(undo.journalId()).undoOf()).hasValue(entry.id());
        assertThatThrownBy(() -> shop.runner().undo(entry.id(), "test", RunListener.SILENT))
                .hasMessageContaining("was undone already");
    }

    @Test
    void undoRefusesWhatSomebodyChangedSince() {
        String database = orders();
        RemedyOutcome outcome =
                shop.runOne(
                        new SetTableOptions(
                                database, name("orders"), Map.of("fillfactor", "80"), Map.of()));
        shop.execute(database, "ALTER TABLE orders SET (fillfactor = 70)");

        UndoOutcome undo =
                shop.runner().undo(outcome.journalId().orElseThrow(), "test", RunListener.SILENT);

        assertThat(undo.state()).isEqualTo(RemedyState.REFUSED);
        assertThat(undo.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(undo.reason()).contains("was changed since").contains("fillfactor=70");
        assertThat(options(database)).isEqualTo("{fillfactor=70}");
        assertThat(shop.entry(outcome).state()).isEqualTo(RemedyState.DONE);
    }

    private static String options(String database) {
        return shop.text(database, "SELECT reloptions FROM pg_class WHERE relname = 'orders'");
    }

    @Test
    void provenIndexStaysAndCanBeUndone() {
        String database = orders();
        Proof proof =
                new Proof(
                        42,
                        "SELECT * FROM orders WHERE status = $1",
                        List.of("'open'"),
                        List.of(),
                        400);
        RemedyOutcome outcome =
                shop.runOne(
                        index(database, "orders", "orders_status", "USING btree (status)", proof));

        assertThat(outcome.reason()).contains("1 of 1 statements use it");
        assertThat(outcome.state()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "orders")).contains("orders_status");
        assertThat(outcome.aim().orElseThrow().measure()).isEqualTo("cost of statement 42");
        assertThat(outcome.after().orElseThrow()).isLessThan(400);

        UndoOutcome undo =
                shop.runner().undo(outcome.journalId().orElseThrow(), "test", RunListener.SILENT);
        assertThat(undo.reason()).isEmpty();
        assertThat(undo.state()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void indexThatNoPlanUsesIsDroppedAgain() {
        String database = orders();
        Proof proof =
                new Proof(
                        42, "SELECT * FROM orders WHERE total >= $1", List.of("0"), List.of(), 400);
        RemedyOutcome outcome =
                shop.runOne(
                        index(database, "orders", "orders_total", "USING btree (total)", proof));

        assertThat(outcome.state()).isEqualTo(RemedyState.NOT_PROVEN);
        assertThat(outcome.reason()).contains("none of 1 statements").contains("dropped again");
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
        JournalEntry entry = shop.entry(outcome);
        assertThat(entry.state()).isEqualTo(RemedyState.NOT_PROVEN);
        assertThat(entry.canBeUndone()).isFalse();
        assertThat(entry.statements())
                .last()
                .extracting(JournalStatement::statement)
                .asString()
                .startsWith("DROP INDEX CONCURRENTLY");
    }

    @Test
    void expressionIndexIsAnalyzedBeforeItsProof() {
        String database = orders();
        Proof proof =
                new Proof(
                        7,
                        "SELECT * FROM orders WHERE (total % 1000) = $1",
                        List.of("77"),
                        List.of(),
                        400);
        RemedyOutcome outcome =
                shop.runOne(
                        index(
                                database,
                                "orders",
                                "orders_mod",
                                "USING btree ((total % 1000))",
                                proof));

        assertThat(outcome.state()).isEqualTo(RemedyState.DONE);
        assertThat(shop.entry(outcome).statements())
                .extracting(JournalStatement::statement)
                .anyMatch(sql -> sql.startsWith("ANALYZE"));
    }

    @Test
    void uniqueViolationLeavesNoInvalidIndex() {
        String database = orders();
        RemedyOutcome outcome =
                shop.runOne(
                        new CreateIndex(
                                database,
                                name("orders"),
                                name("orders_unique"),
                                true,
                                "USING btree (status)",
                                List.of(),
                                Cost.NOTHING));

        assertThat(outcome.state()).isEqualTo(RemedyState.FAILED);
        assertThat(outcome.reason()).contains("could not create unique index");
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
        assertThat(shop.entry(outcome).statements())
                .anyMatch(statement -> statement.sqlState().equals("23505"));
    }

    @Test
    void droppedIndexComesBackByUndo() {
        String database = orders();
        shop.execute(
                database,
                "CREATE INDEX orders_a ON orders (status, total) WHERE total > 5",
                "CREATE INDEX orders_b ON orders (status, total) WHERE total > 5");
        DropIndex drop =
                new DropIndex(
                        database, name("orders_b"), "unused here", DropIndex.Reason.DUPLICATE);
        RemedyOutcome outcome = shop.runOne(drop);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_a", "orders_pkey");

        // The other of the two is now the only one.
        RemedyOutcome second =
                shop.runOne(
                        new DropIndex(database, name("orders_a"), "", DropIndex.Reason.DUPLICATE));
        assertThat(second.state()).isEqualTo(RemedyState.REFUSED);
        assertThat(second.reason()).contains("no other valid index");

        UndoOutcome undo =
                shop.runner().undo(outcome.journalId().orElseThrow(), "test", RunListener.SILENT);
        assertThat(undo.state()).as(undo.reason()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "orders"))
                .containsExactly("orders_a", "orders_b", "orders_pkey");
    }

    @Test
    void reindexRebuildsAndLeavesNothing() {
        String database = orders();
        RemedyOutcome outcome =
                shop.runOne(new Reindex(database, name("orders_pkey"), Cost.NOTHING));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void objectsThatAreGoneAreReported() {
        String database = orders();
        RunResult result =
                shop.run(
                        new Vacuum(database, name("gone"), false, false, Cost.NOTHING),
                        new Reindex(database, name("gone_idx"), Cost.NOTHING),
                        index(database, "gone", "gone_new", "(id)"));
        assertThat(result.outcomes())
                .allMatch(outcome -> outcome.state() == RemedyState.REFUSED)
                .allMatch(outcome -> outcome.reason().contains("does not exist any more"));
        assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void policyAndApprovalDecide() {
        String database = orders();
        Policy policy =
                new Policy(
                        Permission.ADVISE,
                        List.of(new PolicyRule("vacuum", "*", Permission.ASK)),
                        false);
        RemedyRunner runner = shop.runner(Workshop.quick(), GuardLimits.defaults(), policy);
        RemedyPlan plan =
                plan(
                        new Vacuum(database, name("orders"), false, false, Cost.NOTHING),
                        new Analyze(database, name("orders"), Cost.NOTHING));
        RunResult result =
                runner.run(
                        plan,
                        (planned, decision) ->
                                decision.permission() == Permission.ASK
                                        ? Optional.of("somebody at the keyboard")
                                        : Optional.empty(),
                        RunListener.SILENT);

        assertThat(result.outcomes().getFirst().state()).isEqualTo(RemedyState.DONE);
        assertThat(shop.entry(result.outcomes().getFirst()).allowedBy())
                .isEqualTo("somebody at the keyboard");
        assertThat(result.outcomes().getLast().state()).isEqualTo(RemedyState.PLANNED);
        assertThat(result.outcomes().getLast().reason()).contains("ADVISE");
        assertThat(result.outcomes().getLast().journalId()).isEmpty();
    }

    @Test
    void dryRunChangesNothing() {
        String database = orders();
        RunResult result =
                shop.runner(
                                Workshop.quick().withDryRun(true),
                                GuardLimits.defaults(),
                                Policy.applyAll())
                        .run(
                                plan(index(database, "orders", "dry", "(total)")),
                                Approval.NOBODY,
                                RunListener.SILENT);
        assertThat(result.outcomes().getFirst().reason()).isEqualTo("dry run");
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void listenerHearsWhatHappens() {
        String database = orders();
        List<String> heard = new ArrayList<>();
        RunListener listener =
                new RunListener() {
                    @Override
                    public void started(PlannedRemedy planned, int position, int total) {
                        heard.add(planned.remedy().kind() + " " + position + "/" + total);
                    }

                    @Override
                    public void statement(String sql) {
                        heard.add(sql);
                    }

                    @Override
                    public void ended(RemedyOutcome outcome) {
                        heard.add(outcome.state().name());
                    }
                };
        shop.runner()
                .run(
                        plan(new Analyze(database, name("orders"), Cost.NOTHING)),
                        Approval.NOBODY,
                        listener);
        assertThat(heard)
                .containsExactly(
                        "analyze 1/1", "ANALYZE (SKIP_LOCKED) \"public\".\"orders\"", "DONE");
    }
}
