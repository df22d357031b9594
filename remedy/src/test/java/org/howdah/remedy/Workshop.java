package org.howdah.remedy;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.repository.Repository;
import org.howdah.repository.RepositoryOptions;

/** A server to mend, with the repository in a database of its own, for the tests of one class. */
final class Workshop implements AutoCloseable {
    static final String CLUSTER = "test";
    static final Duration SOON = Duration.ofSeconds(10);
    static final GuardLimits OLD_TRANSACTIONS_ALLOWED =
            GuardLimits.defaults().withOldestTransaction(Duration.ofHours(1));

    private static final ServerOptions OPTIONS =
            ServerOptions.throwaway()
                    .withSettings(Map.of("autovacuum", "off", "max_prepared_transactions", "5"));

    private final TestServer server;
    private final Repository repository;
    private final Journal journal;
    private final AtomicInteger databases = new AtomicInteger();

    private Workshop(TestServer server) {
        this.server = server;
        server.createDatabase("howdah");
        this.repository = repository(Clock.systemUTC());
        this.journal = new Journal(repository);
    }

    static Workshop open() {
        return new Workshop(TestServer.start(OPTIONS));
    }

    static Workshop open(int major) {
        return new Workshop(TestServer.start(OPTIONS.withMajor(major)));
    }

    static Workshop open(Map<String, String> settings) {
        return new Workshop(TestServer.start(OPTIONS.withSettings(settings)));
    }

    TestServer server() {
        return server;
    }

    Journal journal() {
        return journal;
    }

    Repository repository() {
        return repository;
    }

    /** The same one, as a machine of another clock opens it. */
    Repository repository(Clock clock) {
        return Repository.open(RepositoryOptions.at(dsn("howdah")), Environment.ofProcess(), clock);
    }

    Dsn dsn(String database) {
        return Dsn.parse(server.dsn(database), Environment.ofProcess());
    }

    /** A database of its own for one test, so that tests do not wait for each other. */
    String database() {
        return server.createDatabase("shop" + databases.incrementAndGet());
    }

    Session session(String database) {
        return Session.open(
                dsn(database),
                new SessionOptions(
                        "test",
                        false,
                        Duration.ofSeconds(60),
                        Duration.ZERO,
                        Duration.ofSeconds(60)));
    }

    /** Runs statements, each by itself. */
    void execute(String database, String... statements) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    String text(String database, String sql) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A connection with an open transaction that has run these statements. */
    Connection transaction(String database, String... statements) {
        try {
            Connection connection = server.connect(database);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            return connection;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    RemedyRunner runner(RunnerOptions options, GuardLimits limits, Policy policy) {
        return new RemedyRunner(
                new Target(CLUSTER, dsn("postgres")),
                journal,
                policy,
                limits,
                options,
                new Random(7));
    }

    RemedyRunner runner() {
        return runner(quick(), GuardLimits.defaults(), Policy.applyAll());
    }

    /** Impatient. */
    static RunnerOptions quick() {
        return RunnerOptions.defaults()
                .withLockAttempts(Duration.ofMillis(150), 3, Duration.ofMillis(50))
                .withPatience(
                        Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(100))
                .withTransactionWait(Duration.ofSeconds(20))
                .withStopGrace(Duration.ofMillis(100));
    }

    RunResult run(Remedy... remedies) {
        return runner().run(plan(remedies), Approval.NOBODY, RunListener.SILENT);
    }

    RemedyOutcome runOne(Remedy remedy) {
        return run(remedy).outcomes().getLast();
    }

    /** A database with a small table of orders, and another that has nothing to do with it. */
    String orders() {
        String database = database();
        execute(
                database,
                "CREATE TABLE orders (id bigint PRIMARY KEY, total int)",
                "CREATE TABLE other (id int)",
                "INSERT INTO other VALUES (1)",
                "INSERT INTO orders SELECT g, g FROM generate_series(1, 1000) g");
        return database;
    }

    /** Makes every concurrent build in the database wait, without touching its table. */
    Connection oldSnapshot(String database) {
        return transaction(database, "SELECT * FROM other");
    }

    /** One that begins behind old transactions. */
    RemedyRunner unafraid() {
        return runner(quick(), OLD_TRANSACTIONS_ALLOWED, Policy.applyAll());
    }

    static CompletableFuture<RunResult> inBackground(RemedyRunner runner, Remedy remedy) {
        CompletableFuture<RunResult> result = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(
                                runner.run(plan(remedy), Approval.NOBODY, RunListener.SILENT));
                    } catch (RuntimeException | Error failure) {
                        result.completeExceptionally(failure);
                    }
                });
        return result;
    }

    static RemedyOutcome runOne(RemedyRunner runner, Remedy remedy, RunListener listener) {
        return runner.run(plan(remedy), Approval.NOBODY, listener).outcomes().getLast();
    }

    static RemedyOutcome soon(CompletableFuture<RunResult> result) throws Exception {
        return result.get(SOON.toSeconds(), TimeUnit.SECONDS).outcomes().getLast();
    }

    /** Until a concurrent build in the database waits for others' transactions. */
    void awaitBuild(String database) {
        await().atMost(SOON)
                .until(() ->
                        text(
                                        database,
                                        "SELECT count(*) FROM pg_stat_progress_create_index"
                                                + " WHERE datname = current_database() AND phase LIKE 'waiting%'")
                                .equals("1"));
    }

    /** Runs statements once, just before the first statement that begins so. */
    RunListener justBefore(String start, String database, String... statements) {
        AtomicBoolean done = new AtomicBoolean();
        return new RunListener() {
            @Override
            public void statement(String sql) {
                if (sql.startsWith(start) && done.compareAndSet(false, true)) {
                    execute(database, statements);
                }
            }
        };
    }

    /** As if its runner had been killed just before it could write that all was done. */
    void killed(long entry) {
        execute(
                "howdah",
                "UPDATE howdah.journal SET state = 'INTERRUPTED', backend_pid = 1, backend_started = now() WHERE id = "
                        + entry);
    }

    static RemedyPlan plan(Remedy... remedies) {
        return RemedyPlan.of(
                Arrays.stream(remedies)
                        .map(remedy ->
                                Finding.of(
                                                "test-check",
                                                Severity.WARNING,
                                                remedy.subject(),
                                                "something is wrong",
                                                "it costs",
                                                List.of())
                                        .with(remedy))
                        .toList());
    }

    static QualifiedName name(String table) {
        return new QualifiedName("public", table);
    }

    static CreateIndex index(
            String database, String table, String index, String definition, Proof... proofs) {
        return new CreateIndex(
                database,
                name(table),
                name(index),
                false,
                definition,
                List.of(proofs),
                Cost.NOTHING);
    }

    /**
     * Names of the indexes of a table and its partitions, with "!" behind those that are invalid.
     */
    List<String> indexes(String database, String table) {
        try (Session session = session(database)) {
            return new ArrayList<>(
                    session.query(
                            """
                            SELECT c.relname || CASE WHEN i.indisvalid THEN '' ELSE '!' END
                              FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                             WHERE i.indrelid IN (SELECT relid FROM pg_catalog.pg_partition_tree(?::regclass)
                                                  UNION SELECT ?::regclass)
                             ORDER BY c.relname
                            """,
                            row -> row.getString(1),
                            "public." + table,
                            "public." + table));
        }
    }

    JournalEntry entry(RemedyOutcome outcome) {
        return journal.get(outcome.journalId().orElseThrow());
    }

    Optional<JournalEntry> newest() {
        return journal.list(JournalFilter.all().withLimit(1)).stream()
                .findFirst()
                .map(entry -> journal.get(entry.id()));
    }

    @Override
    public void close() {
        repository.close();
        server.close();
    }
}
