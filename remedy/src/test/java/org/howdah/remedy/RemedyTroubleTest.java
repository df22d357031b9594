package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.howdah.remedy.Workshop.OLD_TRANSACTIONS_ALLOWED;
import static org.howdah.remedy.Workshop.SOON;
import static org.howdah.remedy.Workshop.inBackground;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;
import static org.howdah.remedy.Workshop.plan;
import static org.howdah.remedy.Workshop.soon;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Remedies with others in the way: locks, old snapshots, guards that break, stops, crashes. */
class RemedyTroubleTest {
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
    void lockThatIsNeverFreeEndsInARefusalThatNamesItsHolder() throws SQLException {
        String database = shop.orders();
        try (Connection holder =
                shop.transaction(database, "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")) {
            RemedyOutcome outcome =
                    shop.runOne(
                            new SetTableOptions(
                                    database,
                                    name("orders"),
                                    Map.of("fillfactor", "80"),
                                    Map.of()));
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason())
                    .contains("3 attempts")
                    .contains("AccessExclusiveLock")
                    .contains("process ");
            List<JournalStatement> attempts = shop.entry(outcome).statements();
            assertThat(attempts).hasSize(3);
            assertThat(attempts)
                    .allMatch(statement -> statement.sqlState().equals("55P03"))
                    .allMatch(statement -> statement.waited().compareTo(Duration.ofMillis(900)) < 0)
                    .extracting(JournalStatement::attempt)
                    .containsExactly(1, 2, 3);
            holder.rollback();
        }
    }

    @Test
    void indexOfALockedTableIsNotDropped() throws SQLException {
        String database = shop.orders();
        shop.execute(database, "CREATE INDEX orders_total ON orders (total)");
        try (Connection holder =
                shop.transaction(database, "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")) {
            RemedyOutcome outcome =
                    shop.runOne(
                            new DropIndex(
                                    database, name("orders_total"), "", DropIndex.Reason.UNUSED));
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("lock timeout");
            holder.rollback();
        }
        assertThat(shop.indexes(database, "orders")).contains("orders_total");
    }

    @Test
    void vacuumDoesNotWaitForALockedTable() throws SQLException {
        String database = shop.orders();
        try (Connection holder = shop.transaction(database, "LOCK TABLE orders IN SHARE MODE")) {
            RemedyOutcome outcome =
                    shop.runOne(new Vacuum(database, name("orders"), false, false, Cost.NOTHING));
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("lock not available");
            holder.rollback();
        }
    }

    @Test
    void buildDoesNotBeginOnALockedTable() throws SQLException {
        String database = shop.orders();
        try (Connection holder =
                shop.transaction(database, "LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE")) {
            RemedyOutcome outcome =
                    shop.runOne(index(database, "orders", "orders_total", "(total)"));
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("ShareRowExclusiveLock");
            holder.rollback();
        }
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void buildDoesNotBeginBehindAnOldTransaction() throws SQLException {
        String database = shop.orders();
        try (Connection old = shop.oldSnapshot(database)) {
            RemedyOutcome outcome =
                    shop.runner(
                                    Workshop.quick(),
                                    GuardLimits.defaults().withOldestTransaction(Duration.ZERO),
                                    Policy.applyAll())
                            .run(
                                    plan(index(database, "orders", "orders_total", "(total)")),
                                    Approval.NOBODY,
                                    RunListener.SILENT)
                            .outcomes()
                            .getLast();
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("old-snapshot").contains("idle in transaction");
            assertThat(shop.entry(outcome).statements()).isEmpty();
            old.rollback();
        }
    }

    @Test
    void buildThatWaitsTooLongForATransactionIsTakenBack() throws SQLException {
        String database = shop.orders();
        try (Connection old = shop.oldSnapshot(database)) {
            RemedyOutcome outcome =
                    shop.runner(
                                    Workshop.quick().withTransactionWait(Duration.ofMillis(400)),
                                    OLD_TRANSACTIONS_ALLOWED,
                                    Policy.applyAll())
                            .run(
                                    plan(index(database, "orders", "orders_total", "(total)")),
                                    Approval.NOBODY,
                                    RunListener.SILENT)
                            .outcomes()
                            .getLast();
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("waited longer").contains("idle in transaction");
            assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
            old.rollback();
        }
    }

    @Test
    void stopCancelsAndTakesBackWithinSeconds() throws Exception {
        String database = shop.orders();
        try (Connection old = shop.oldSnapshot(database)) {
            RemedyRunner runner = shop.unafraid();
            CompletableFuture<RunResult> running =
                    inBackground(runner, index(database, "orders", "orders_total", "(total)"));
            shop.awaitBuild(database);

            long stopped = System.nanoTime();
            runner.stop();
            assertThat(runner.awaitIdle(Duration.ofSeconds(5))).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - stopped))
                    .isLessThan(Duration.ofSeconds(5));

            RunResult result = running.get(1, TimeUnit.SECONDS);
            assertThat(result.stopped()).isTrue();
            assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
            RemedyOutcome outcome = result.outcomes().getLast();
            assertThat(outcome.state()).isEqualTo(RemedyState.INTERRUPTED);
            assertThat(outcome.reason()).isEqualTo("stopped while it ran");
            assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
            assertThat(shop.entry(outcome).statements())
                    .extracting(JournalStatement::outcome)
                    .containsExactly(
                            JournalStatement.Outcome.DONE,
                            JournalStatement.Outcome.CANCELLED,
                            JournalStatement.Outcome.DONE);
            old.rollback();
        }
    }

    @Test
    void afterAStopNothingNewIsBegun() {
        String database = shop.orders();
        RemedyRunner runner = shop.runner();
        runner.stop();
        RunResult result =
                runner.run(
                        plan(new Analyze(database, name("orders"), Cost.NOTHING)),
                        Approval.NOBODY,
                        RunListener.SILENT);
        assertThat(result.outcomes().getFirst().state()).isEqualTo(RemedyState.PLANNED);
        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void whatAStopCannotRemoveIsRemovedByTheNextRun() throws Exception {
        String database = shop.orders();
        try (Connection old = shop.transaction(database, "SELECT * FROM orders")) {
            RemedyRunner runner = shop.unafraid();
            CompletableFuture<RunResult> running =
                    inBackground(runner, index(database, "orders", "orders_total", "(total)"));
            shop.awaitBuild(database);
            runner.stop();
            RemedyOutcome outcome = soon(running);
            assertThat(outcome.state()).isEqualTo(RemedyState.INTERRUPTED);
            assertThat(outcome.reason()).contains("orders_total is left");
            assertThat(shop.indexes(database, "orders")).contains("orders_total!");
            old.rollback();
        }
        assertThat(shop.runner().recover(RunListener.SILENT))
                .extracting(RemedyOutcome::state)
                .contains(RemedyState.DONE);
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void undoThatIsStoppedHalfWayLeavesNoInvalidIndexForLong() throws Exception {
        String database = shop.orders();
        long entry =
                shop.runOne(index(database, "orders", "orders_total", "(total)"))
                        .journalId()
                        .orElseThrow();
        try (Connection old = shop.transaction(database, "SELECT * FROM orders")) {
            RemedyRunner runner = shop.unafraid();
            CompletableFuture<UndoOutcome> running =
                    CompletableFuture.supplyAsync(
                            () -> runner.undo(entry, "test", RunListener.SILENT));
            await().atMost(SOON)
                    .until(() ->
                            shop.text(
                                            database,
                                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                                    + " AND wait_event_type = 'Lock' AND query LIKE 'DROP INDEX CONC%'")
                                    .equals("1"));
            runner.stop();
            UndoOutcome outcome = running.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(outcome.state()).isEqualTo(RemedyState.INTERRUPTED);
            assertThat(outcome.reason()).contains("orders_total is left");
            old.rollback();
        }
        assertThat(shop.indexes(database, "orders")).contains("orders_total!");
        shop.runner().recover(RunListener.SILENT);
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void twoRunnersDoNotWorkOnTheSameTable() throws Exception {
        String database = shop.orders();
        try (Connection old = shop.oldSnapshot(database)) {
            RemedyRunner first = shop.unafraid();
            CompletableFuture<RunResult> running =
                    inBackground(first, index(database, "orders", "orders_total", "(total)"));
            shop.awaitBuild(database);

            RemedyOutcome second =
                    shop.unafraid()
                            .run(
                                    plan(index(database, "orders", "orders_other", "(total, id)")),
                                    Approval.NOBODY,
                                    RunListener.SILENT)
                            .outcomes()
                            .getLast();
            assertThat(second.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(second.reason()).contains("builds an index on the table");

            old.rollback();
            assertThat(soon(running).state()).isEqualTo(RemedyState.DONE);
        }
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey", "orders_total");
    }

    @Test
    void runnersTakeTurnsByAnAdvisoryLock() {
        String database = shop.orders();
        try (Session other = shop.session(database)) {
            other.query(
                    "SELECT pg_advisory_lock(1752135524, hashtext('table ' || 'public.orders'::regclass::oid))::text",
                    row -> row.getString(1));
            RemedyOutcome outcome =
                    shop.runOne(new Analyze(database, name("orders"), Cost.NOTHING));
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).startsWith("conflict: ");
        }
    }

    @Test
    void guardThatBreaksEndsARunningRemedy() throws Exception {
        String database = shop.orders();
        try (Connection old = shop.oldSnapshot(database)) {
            RemedyRunner runner =
                    shop.runner(
                            Workshop.quick(),
                            OLD_TRANSACTIONS_ALLOWED.withMaxActiveSessions(1),
                            Policy.applyAll());
            CompletableFuture<RunResult> running =
                    inBackground(runner, index(database, "orders", "orders_total", "(total)"));
            shop.awaitBuild(database);
            try (Connection busy = shop.server().connect(database);
                    Connection busier = shop.server().connect(database)) {
                List<Connection> crowd = List.of(busy, busier);
                crowd.forEach(RemedyTroubleTest::keepBusy);
                RemedyOutcome outcome = soon(running);
                assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
                assertThat(outcome.reason()).contains("a guard broke").contains("load");
                assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
                for (Connection one : crowd) {
                    one.abort(Runnable::run);
                }
            }
            old.rollback();
        }
    }

    private static void keepBusy(Connection connection) {
        Thread.ofVirtual()
                .start(() -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("SELECT pg_sleep(15)");
                    } catch (SQLException aborted) {
                        assertThat(aborted.getMessage()).isNotEmpty();
                    }
                });
    }

    @Test
    void connectionThatIsCutLeavesATrueJournalAndIsMended() throws Exception {
        String database = shop.orders();
        try (Connection old = shop.oldSnapshot(database)) {
            CompletableFuture<RunResult> running =
                    inBackground(
                            shop.unafraid(), index(database, "orders", "orders_total", "(total)"));
            shop.awaitBuild(database);
            shop.execute(
                    database,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_progress_create_index WHERE datname = current_database()");
            RemedyOutcome outcome = soon(running);
            assertThat(outcome.state()).isEqualTo(RemedyState.FAILED);
            assertThat(outcome.reason()).contains("terminating connection");
            old.rollback();
        }
        assertThat(shop.indexes(database, "orders")).contains("orders_total!");
        shop.runner().recover(RunListener.SILENT);
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void reindexThatIsStoppedLeavesNoCopy() throws Exception {
        String database = shop.orders();
        try (Connection old = shop.oldSnapshot(database)) {
            RemedyRunner runner = shop.unafraid();
            CompletableFuture<RunResult> running =
                    inBackground(runner, new Reindex(database, name("orders_pkey"), Cost.NOTHING));
            shop.awaitBuild(database);
            assertThat(shop.indexes(database, "orders"))
                    .containsExactly("orders_pkey", "orders_pkey_ccnew!");
            runner.stop();
            assertThat(soon(running).state()).isEqualTo(RemedyState.INTERRUPTED);
            assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
            old.rollback();
        }
    }
}
