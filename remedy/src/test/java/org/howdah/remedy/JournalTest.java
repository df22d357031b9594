package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;
import static org.howdah.remedy.Workshop.plan;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.repository.Repository;
import org.howdah.repository.RepositoryException;
import org.howdah.repository.RepositoryOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static Workshop shop;
    private static String database;

    @BeforeAll
    static void open() {
        shop = Workshop.open();
        database = shop.database();
        shop.execute(
                database,
                "CREATE TABLE orders (id int PRIMARY KEY, total int)",
                "CREATE TABLE other (id int)");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static Repository elsewhere(TestServer server) {
        return Repository.open(
                RepositoryOptions.at(Dsn.parse(server.dsn(), Environment.ofProcess())),
                Environment.ofProcess(),
                Clock.systemUTC());
    }

    private static RemedyRunner runner(Repository repository) {
        return new RemedyRunner(
                new Target(Workshop.CLUSTER, shop.dsn(database)),
                new Journal(repository),
                Policy.applyAll(),
                GuardLimits.defaults().withOldestTransaction(Duration.ofHours(1)),
                Workshop.quick(),
                new Random(3));
    }

    @Test
    void listsByClusterStateAndPage() {
        RemedyOutcome done = shop.runOne(new Analyze(database, name("orders"), Cost.NOTHING));
        RemedyOutcome refused = shop.runOne(new Analyze(database, name("gone"), Cost.NOTHING));
        Journal journal = shop.journal();
        long doneId = done.journalId().orElseThrow();
        long refusedId = refused.journalId().orElseThrow();
        JournalFilter all = JournalFilter.all().withCluster(Workshop.CLUSTER);
        assertThat(journal.list(all))
                .extracting(JournalEntry::id)
                .containsSubsequence(refusedId, doneId);
        assertThat(journal.list(all.withStates(Set.of(RemedyState.REFUSED))))
                .extracting(JournalEntry::state)
                .containsOnly(RemedyState.REFUSED);
        assertThat(journal.list(all.withBefore(refusedId)))
                .extracting(JournalEntry::id)
                .doesNotContain(refusedId);
        assertThat(journal.list(all.withCluster("another"))).isEmpty();
        assertThat(journal.list(all.withLimit(1))).hasSize(1);
    }

    @Test
    void entryThatIsNotThereIsAUsageError() {
        assertThatThrownBy(() -> shop.journal().get(999_999))
                .isInstanceOfSatisfying(
                        HowdahException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage("The journal has no entry 999999");
    }

    @Test
    void secretsAreNotKept() {
        RemedyOutcome outcome =
                shop.runOne(
                        new SetSetting(
                                "primary_conninfo",
                                "host=standby user=app password=hunter2",
                                Optional.empty(),
                                false));
        JournalEntry entry = shop.entry(outcome);
        assertThat(entry.statements().getFirst().statement())
                .contains("host=standby")
                .doesNotContain("hunter2");
        assertThat(shop.text("howdah", "SELECT string_agg(j::text, ',') FROM howdah.journal j"))
                .contains("primary_conninfo")
                .doesNotContain("hunter2");

        RemedyOutcome next =
                shop.runOne(new SetSetting("primary_conninfo", "host=b", Optional.empty(), false));
        assertThatThrownBy(() ->
                        shop.runner()
                                .undo(next.journalId().orElseThrow(), "test", RunListener.SILENT))
                .hasMessageContaining("with a password, which the journal does not keep");
        shop.execute("postgres", "ALTER SYSTEM RESET primary_conninfo");
    }

    /** Two machines that do not agree about the time look after the same cluster. */
    @Test
    void livingRunnerOfAnotherClockIsLeftAlone() throws Exception {
        Clock late = Clock.offset(Clock.systemUTC(), Duration.ofHours(-7));
        Clock early = Clock.offset(Clock.systemUTC(), Duration.ofHours(7));
        for (Clock clock : List.of(late, early)) {
            try (Repository theirs = shop.repository(clock);
                    Repository ours = shop.repository(Clock.systemUTC());
                    Connection old = shop.transaction(database, "SELECT * FROM other")) {
                CompletableFuture<RunResult> running =
                        Workshop.inBackground(
                                runner(theirs),
                                index(database, "orders", "orders_skew", "(total, id)"));
                shop.awaitBuild(database);
                // As seen from another machine, where only the heartbeat tells.
                RunnerProcess elsewhere =
                        new RunnerProcess(UUID.randomUUID(), "elsewhere", 1, Instant.EPOCH);
                assertThat(new Journal(ours).interrupt(elsewhere, Workshop.CLUSTER)).isEmpty();
                assertThat(runner(ours).recover(RunListener.SILENT)).isEmpty();
                old.rollback();
                assertThat(Workshop.soon(running).state()).isEqualTo(RemedyState.DONE);
            }
            shop.execute(database, "DROP INDEX orders_skew");
        }
    }

    @Test
    void entryOfARunnerThatIsGoneEndsAfterItBeganWhateverItsClockSaid() {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(7));
        RunnerProcess ours = RunnerProcess.current();
        RunnerProcess gone =
                new RunnerProcess(UUID.randomUUID(), ours.host(), 0x7fff_ffff, Instant.EPOCH);
        try (Repository early = shop.repository(clock)) {
            long id = planned(new Journal(early), gone);
            shop.journal().interrupt(ours, "skewed");
            JournalEntry entry = shop.journal().get(id);
            assertThat(entry.state()).isEqualTo(RemedyState.INTERRUPTED);
            assertThat(entry.endedAt().orElseThrow()).isAfterOrEqualTo(entry.plannedAt());
        }
    }

    /** Nobody could beat while the repository was away; its server has only just started here. */
    @Test
    void runnerIsNotGoneBecauseTheRepositoryWasAway() {
        RunnerProcess theirs = new RunnerProcess(UUID.randomUUID(), "elsewhere", 1, Instant.EPOCH);
        long id = planned(shop.journal(), theirs);
        shop.execute(
                "howdah",
                "UPDATE howdah.runner SET heartbeat_at = now() - interval '3 hours' WHERE id = '%s'"
                        .formatted(theirs.id()));
        shop.journal().interrupt(RunnerProcess.current(), "skewed");
        assertThat(shop.journal().get(id).state()).isEqualTo(RemedyState.PLANNED);
    }

    private static long planned(Journal journal, RunnerProcess process) {
        journal.enroll(process);
        PlannedRemedy remedy =
                new PlannedRemedy(new Analyze(database, name("orders"), Cost.NOTHING), List.of());
        return journal.plan(process, Job.of("skewed", remedy, "test").proposal(), List.of());
    }

    @Test
    void entryKeepsHowTheNodesWereReachedButNoPassword() {
        Dsn dsn =
                Dsn.parse(
                        shop.server().dsn(database)
                                + "?password=s3cret&passfile=/etc/howdah/pass&connect_timeout=7",
                        Environment.ofProcess());
        RemedyRunner runner =
                new RemedyRunner(
                        new Target(Workshop.CLUSTER, dsn),
                        shop.journal(),
                        Policy.applyAll(),
                        GuardLimits.defaults(),
                        Workshop.quick(),
                        new Random(3));
        JournalEntry entry =
                shop.entry(
                        Workshop.runOne(
                                runner,
                                new Analyze(database, name("orders"), Cost.NOTHING),
                                RunListener.SILENT));
        assertThat(entry.connections())
                .singleElement()
                .asString()
                .contains("passfile=%2Fetc%2Fhowdah%2Fpass", "connect_timeout=7")
                .doesNotContain("s3cret");
    }

    @Test
    void serverThatIsNotThereEndsThePlanAndIsWrittenDown() {
        RemedyRunner runner =
                new RemedyRunner(
                        new Target("nowhere", Dsn.of("127.0.0.1", 1, "shop", "somebody")),
                        shop.journal(),
                        Policy.applyAll(),
                        GuardLimits.defaults(),
                        Workshop.quick(),
                        new Random(3));
        assertThatThrownBy(() ->
                        runner.run(
                                plan(
                                        new Analyze("shop", name("a"), Cost.NOTHING),
                                        new Analyze("shop", name("b"), Cost.NOTHING)),
                                Approval.NOBODY,
                                RunListener.SILENT))
                .isInstanceOfSatisfying(
                        HowdahException.class,
                        failure ->
                                assertThat(failure.exitCode()).isEqualTo(ExitCode.CANNOT_CONNECT));
        assertThat(shop.journal().list(JournalFilter.all().withCluster("nowhere")))
                .singleElement()
                .extracting(JournalEntry::state)
                .isEqualTo(RemedyState.FAILED);
    }

    @Test
    void nothingIsChangedThatCannotBeWrittenDown() {
        try (TestServer server = TestServer.start();
                Repository repository = elsewhere(server)) {
            RemedyRunner runner = runner(repository);
            server.server().crash();
            assertThatThrownBy(() ->
                            runner.run(
                                    plan(index(database, "orders", "never", "(total)")),
                                    Approval.NOBODY,
                                    RunListener.SILENT))
                    .isInstanceOf(RepositoryException.class);
            assertThat(shop.indexes(database, "orders")).doesNotContain("never");
        }
    }

    @Test
    void whatHappensWhileTheRepositoryIsAwayIsWrittenWhenItIsBack() throws Exception {
        try (TestServer server = TestServer.start();
                Repository repository = elsewhere(server);
                Connection old = shop.transaction(database, "SELECT * FROM other")) {
            CompletableFuture<RunResult> running = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            running.complete(
                                    runner(repository)
                                            .run(
                                                    plan(
                                                            index(
                                                                    database,
                                                                    "orders",
                                                                    "orders_late",
                                                                    "(total)")),
                                                    Approval.NOBODY,
                                                    RunListener.SILENT));
                        } catch (RuntimeException | Error failure) {
                            running.completeExceptionally(failure);
                        }
                    });
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            shop.text(
                                            database,
                                            "SELECT count(*) FROM pg_stat_progress_create_index WHERE phase LIKE 'waiting%'")
                                    .equals("1"));
            server.server().crash();
            old.rollback();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> shop.indexes(database, "orders").contains("orders_late"));
            server.server().start();

            RemedyOutcome outcome = running.get(25, TimeUnit.SECONDS).outcomes().getLast();
            assertThat(outcome.state()).isEqualTo(RemedyState.DONE);
            JournalEntry entry = new Journal(repository).get(outcome.journalId().orElseThrow());
            assertThat(entry.state()).isEqualTo(RemedyState.DONE);
            assertThat(entry.statements())
                    .extracting(JournalStatement::outcome)
                    .containsOnly(JournalStatement.Outcome.DONE);
            assertThat(entry.undo())
                    .isEqualTo(
                            List.of(
                                    "DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"orders_late\""));
        }
    }
}
