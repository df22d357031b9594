package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.howdah.embedded.Access;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code howdah fix}, {@code journal} and {@code undo} on a server that has faults. */
class FixCommandTest {
    @TempDir private static Path directory;
    private static TestServer server;
    private static TestServer repository;

    @BeforeAll
    static void start() throws Exception {
        // With a password file, as most servers: an undo has to find it again.
        server = TestServer.start(ServerOptions.throwaway().withAccess(Access.PASSWORD));
        repository = TestServer.start();
        Files.writeString(
                directory.resolve("howdah.yaml"),
                "repository: {dsn: '" + repository.dsn() + "'}\n");
    }

    @AfterAll
    static void stop() {
        repository.close();
        server.close();
    }

    /** A database with two indexes on the same column and a table with many dead rows. */
    private static String faulty(String name) {
        server.createDatabase(name);
        server.executeIn(
                name,
                """
                CREATE TABLE public.crate (id int PRIMARY KEY, depot int, note text)
                    WITH (autovacuum_enabled = off);
                INSERT INTO public.crate SELECT n, n % 100, repeat('x', 100) FROM generate_series(1, 100000) n;
                CREATE INDEX crate_depot ON public.crate (depot);
                CREATE INDEX crate_depot_too ON public.crate (depot);
                ANALYZE public.crate;
                DELETE FROM public.crate WHERE id % 2 = 0;
                SET enable_seqscan = off;
                SELECT count(*) FROM public.crate WHERE depot = 1;
                """);
        Awaitility.await()
                .until(
                        () ->
                                number(
                                        name,
                                        "SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'crate'"),
                        dead -> dead > 40_000);
        return server.dsn(name);
    }

    private static long number(String database, String sql) throws Exception {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void showsTheStatementsAndChangesNothing() throws Exception {
        String dsn = faulty("shown");
        Howdah.Result result = Howdah.in(directory).run("fix", dsn);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "VACUUM (",
                        "DROP INDEX CONCURRENTLY",
                        "lock",
                        "undo",
                        "Nothing was changed");
        assertThat(result.out().lines().filter(line -> line.length() > 80)).isEmpty();
        assertThat(number("shown", "SELECT count(*) FROM pg_indexes WHERE tablename = 'crate'"))
                .isEqualTo(3);
        JsonNode json = Howdah.in(directory).run("fix", "--json", dsn).json();
        assertThat(json.get("applied").asBoolean()).isFalse();
        assertThat(json.get("remedies").get(0).get("permission").asString()).isEqualTo("advise");
    }

    @Test
    void appliesKeepsAJournalAndTakesBack() throws Exception {
        String dsn = faulty("applied");
        Howdah howdah = Howdah.in(directory);
        Howdah.Result result =
                howdah.run("fix", dsn, "--apply", "--yes", "--only", "vacuum,drop-index");
        assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
        assertThat(result.out()).contains("vacuum", "drop-index", "done");
        assertThat(number("applied", "SELECT count(*) FROM pg_indexes WHERE tablename = 'crate'"))
                .isEqualTo(2);

        JsonNode entries = howdah.run("journal", "--json").json().get("entries");
        JsonNode dropped =
                entries.valueStream()
                        .filter(entry -> entry.get("kind").asString().equals("drop-index"))
                        .findFirst()
                        .orElseThrow();
        assertThat(dropped.get("allowedBy").asString()).contains("ada");
        String id = dropped.get("id").asString();
        assertThat(howdah.run("journal", "show", id).out())
                .contains("DROP INDEX CONCURRENTLY", "done");
        assertThat(howdah.run("undo", id, "--dry-run").out()).contains("CREATE INDEX CONCURRENTLY");
        Howdah.Result undone = howdah.run("undo", id);
        assertThat(undone.exitCode()).as(undone.err()).isZero();
        assertThat(number("applied", "SELECT count(*) FROM pg_indexes WHERE tablename = 'crate'"))
                .isEqualTo(3);
        assertThat(howdah.run("undo", id, dsn).exitCode()).isNotZero();
        assertThat(howdah.run("journal").out()).contains("undone");
        assertThat(howdah.run("journal", "list", "--state", "undone").out())
                .contains("drop-index")
                .doesNotContain("vacuum");
        assertThat(howdah.run("journal", "list", "--before", id).out()).doesNotContain("undone");
        assertThat(howdah.run("journal", "list", "--state", "lost").exitCode()).isEqualTo(2);
        assertThat(howdah.run("journal", "show", "999999").exitCode()).isEqualTo(2);
    }

    @Test
    void nobodyToAskIsARefusal() {
        String dsn = faulty("refused");
        Howdah.Result result = Howdah.in(directory).run("fix", dsn, "--apply");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("nobody can be asked", "Hint: Say --yes");
    }

    @Test
    void whatTheOwnerOnlyWantsAdvisedIsNotRunEvenWithYes() throws Exception {
        String dsn = faulty("advised");
        Path here = Files.createDirectories(directory.resolve("advised"));
        Files.writeString(
                here.resolve("howdah.yaml"),
                """
                repository: {dsn: '%s'}
                policies:
                  - {kind: drop-index, mode: advise}
                  - {kind: vacuum, mode: apply}
                """
                        .formatted(repository.dsn()));
        Howdah.Result result =
                Howdah.in(here).run("fix", dsn, "--apply", "--yes", "--only", "vacuum,drop-index");
        assertThat(result.out()).contains("not run", "not allowed");
        assertThat(number("advised", "SELECT count(*) FROM pg_indexes WHERE tablename = 'crate'"))
                .isEqualTo(3);
    }

    @Test
    void wrongUsage() {
        Howdah howdah = Howdah.in(directory);
        Howdah.Result kind = howdah.run("fix", server.dsn(), "--only", "vacum");
        assertThat(kind.exitCode()).isEqualTo(2);
        assertThat(kind.err()).contains("\"vacum\"", "Did you mean \"vacuum\"?");
        assertThat(howdah.run("fix", server.dsn(), "--apply", "--dry-run").exitCode()).isEqualTo(2);
        assertThat(howdah.run("fix", server.dsn(), "--sample", "soon").exitCode()).isEqualTo(2);
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void anInterruptTakesTheCurrentRemedyBack() throws Exception {
        String dsn = faulty("interrupted");
        Howdah howdah = Howdah.in(directory);
        // An older transaction makes the concurrent drop wait until it is interrupted.
        try (Connection other = server.connect("interrupted");
                Statement statement = other.createStatement();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            other.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM public.crate WHERE depot = 1");
            Future<Howdah.Result> fix =
                    executor.submit(() ->
                            howdah.run("fix", dsn, "--apply", "--yes", "--only", "drop-index"));
            Awaitility.await()
                    .atMost(60, TimeUnit.SECONDS)
                    .until(
                            () ->
                                    number(
                                            "interrupted",
                                            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DROP INDEX CONC%' AND state = 'active'"),
                            running -> running == 1);
            howdah.interrupt().press();
            Howdah.Result result = fix.get(60, TimeUnit.SECONDS);
            assertThat(result.exitCode()).as(result.err() + result.out()).isEqualTo(5);
            assertThat(result.out()).contains("stopped before the end");
            other.rollback();
        }
        JsonNode last = howdah.run("journal", "list", "--limit", "1", "--json").json();
        assertThat(last.get("entries").get(0).get("state").asString()).isEqualTo("interrupted");
        assertThat(last.get("entries").get(0).get("reason").asString()).isNotBlank();
        // What a drop that was cancelled leaves is dropped by the next run, which begins with that.
        Howdah.Result again = howdah.run("fix", dsn, "--apply", "--yes", "--only", "drop-index");
        assertThat(again.exitCode()).as(again.err() + again.out()).isZero();
        assertThat(
                        number(
                                "interrupted",
                                "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
                                        + " WHERE c.relname = 'crate' AND NOT i.indisvalid"))
                .isZero();
    }
}
