package org.howdah.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.howdah.advisor.StatementSamples;
import org.howdah.check.Checks;
import org.howdah.cluster.ClusterReader;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.Approval;
import org.howdah.remedy.CreateIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.GuardLimits;
import org.howdah.remedy.Journal;
import org.howdah.remedy.JournalEntry;
import org.howdah.remedy.JournalStatement;
import org.howdah.remedy.Lock;
import org.howdah.remedy.LockMode;
import org.howdah.remedy.Policy;
import org.howdah.remedy.RemedyOutcome;
import org.howdah.remedy.RemedyPlan;
import org.howdah.remedy.RemedyRunner;
import org.howdah.remedy.RemedyState;
import org.howdah.remedy.RunListener;
import org.howdah.remedy.RunnerOptions;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Target;
import org.howdah.repository.Repository;
import org.howdah.repository.RepositoryOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is proposed for a partitioned table is what is run, and the server takes it. */
class PartitionedTableTest {
    private static TestServer server;
    private static Journal journal;
    private static Repository repository;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        repository =
                Repository.open(
                        RepositoryOptions.at(dsn(server.createDatabase("journal"))),
                        Environment.ofProcess(),
                        Clock.systemUTC());
        journal = new Journal(repository);
    }

    @AfterAll
    static void stop() {
        repository.close();
        server.close();
    }

    private static Dsn dsn(String database) {
        return Dsn.of("127.0.0.1", server.port(), database, "postgres");
    }

    /** A partition, and a partition with two of its own; no index but what the customers have. */
    private static void deliveries(String database) {
        server.createDatabase(database);
        try (Session session = Session.open(dsn(database), SessionOptions.watched("test"))) {
            for (String sql :
                    List.of(
                            "CREATE EXTENSION pg_stat_statements SCHEMA public",
                            "CREATE TABLE public.customer (id int PRIMARY KEY)",
                            "CREATE TABLE public.delivery (customer int REFERENCES public.customer, code text, at date)"
                                    + " PARTITION BY RANGE (at)",
                            "CREATE TABLE public.delivery_1 PARTITION OF public.delivery"
                                    + " FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
                            "CREATE TABLE public.delivery_2 PARTITION OF public.delivery"
                                    + " FOR VALUES FROM ('2024-02-01') TO ('2024-03-01') PARTITION BY HASH (code)",
                            "CREATE TABLE public.delivery_2a PARTITION OF public.delivery_2"
                                    + " FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
                            "CREATE TABLE public.delivery_2b PARTITION OF public.delivery_2"
                                    + " FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
                            "INSERT INTO public.customer SELECT i FROM pg_catalog.generate_series(1, 60) i",
                            // Most rows are two levels below.
                            "INSERT INTO public.delivery SELECT 1 + i % 50, 'D' || i, date '2024-01-31' + least(1, i % 100)"
                                    + " FROM pg_catalog.generate_series(1, 60000) i",
                            "VACUUM ANALYZE public.delivery, public.customer",
                            "DELETE FROM public.customer WHERE id = 60")) {
                session.execute(sql);
            }
            for (int i = 0; i < 30; i++) {
                session.query(
                        "SELECT at FROM public.delivery WHERE code = ?",
                        row -> row.getString(1),
                        "D" + i);
            }
        }
    }

    /** The index that this check, or the advisor, proposes. */
    private static CreateIndex proposed(String database, String check) {
        Diagnosis diagnosis =
                new Examiner(new ClusterReader(SessionOptions.reading("test")), Checks.all())
                        .examine(database, List.of(dsn(database)), StatementSamples.none());
        return diagnosis.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .map(Finding::remedies)
                .flatMap(List::stream)
                .map(CreateIndex.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void isRunAsProposed(String database, CreateIndex remedy) {
        assertThat(remedy.lock()).isEqualTo(Lock.brief(LockMode.ACCESS_EXCLUSIVE));
        assertThat(remedy.cost().readBytes()).isGreaterThan(2_000_000);
        assertThat(remedy.statements())
                .hasSize(9)
                .filteredOn(sql -> sql.contains(" CONCURRENTLY "))
                .hasSize(3);

        RemedyOutcome outcome =
                new RemedyRunner(
                                new Target(database, dsn(database)),
                                journal,
                                Policy.applyAll(),
                                GuardLimits.defaults(),
                                RunnerOptions.defaults(),
                                RandomGenerator.getDefault())
                        .run(
                                RemedyPlan.of(
                                        List.of(
                                                Finding.of(
                                                                "test",
                                                                Severity.WARNING,
                                                                remedy.subject(),
                                                                "An index is missing.",
                                                                "It costs.",
                                                                List.of())
                                                        .with(remedy))),
                                Approval.NOBODY,
                                RunListener.SILENT)
                        .outcomes()
                        .getLast();
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        JournalEntry entry = journal.get(outcome.journalId().orElseThrow());
        assertThat(entry.statements())
                .extracting(JournalStatement::statement)
                .containsSubsequence(remedy.statements());
        assertThat(entry.undo()).isEqualTo(remedy.undo());
    }

    private static long indexes(Session session, CreateIndex remedy) {
        return session.one(
                """
                SELECT count(*) FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)) t
                  JOIN pg_catalog.pg_index i ON i.indexrelid = t.relid
                 WHERE i.indisvalid
                """,
                row -> row.getLong(1),
                remedy.index().sql());
    }

    @Test
    void theIndexForAForeignKeyIsRunAsProposedAndUndoneByHand() {
        deliveries("key");
        CreateIndex remedy = proposed("key", "foreign-key-without-index");
        isRunAsProposed("key", remedy);
        try (Session session = Session.open(dsn("key"), SessionOptions.watched("test"))) {
            assertThat(indexes(session, remedy)).isEqualTo(5);
            remedy.undo().forEach(session::execute);
            assertThat(indexes(session, remedy)).isZero();
            // What the preview shows works for whoever runs it without Howdah, too.
            remedy.statements().forEach(session::execute);
            assertThat(indexes(session, remedy)).isEqualTo(5);
        }
    }

    @Test
    void theAdvisorsIndexIsRunAsProposed() {
        deliveries("advice");
        isRunAsProposed("advice", proposed("advice", "index-missing"));
    }
}
