package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Ctrl-C in a process of its own, in the middle of the build of an index. */
class InterruptedFixTest {
    private static final String DATABASE = "depots";
    private static final String BUILDS =
            "SELECT count(*) FROM pg_stat_progress_create_index WHERE phase LIKE 'waiting%'";
    private static final String INVALID =
            "SELECT count(*) FROM pg_index WHERE NOT indisvalid OR NOT indisready";
    private static final String INDEXES =
            "SELECT count(*) FROM pg_index WHERE indrelid = 'public.crate'::regclass";

    @TempDir private Path directory;

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void takesTheBuildBackSaysSoAndEndsWithTheDocumentedCode() throws Exception {
        try (TestServer server = TestServer.start();
                Connection old = faulty(server)) {
            HowdahProcess fix =
                    HowdahProcess.start(
                            directory,
                            directory.resolve("state"),
                            "fix",
                            server.dsn(DATABASE),
                            "--apply",
                            "--yes",
                            "--only",
                            "create-index");
            await().atMost(90, TimeUnit.SECONDS)
                    .until(() -> !fix.alive() || number(server, BUILDS) == 1);
            assertThat(fix.alive()).as(fix.printed()).isTrue();
            assertThat(number(server, INVALID)).isEqualTo(1);

            fix.interrupt();

            assertThat(fix.exitCode()).as(fix.printed()).isEqualTo(5);
            assertThat(fix.out()).contains("create-index", "interrupted", "stopped before the end");
            assertThat(fix.err()).contains("Stopping: ");
            assertThat(number(server, INVALID)).isZero();
            assertThat(number(server, INDEXES)).isZero();
            JsonNode entries =
                    Howdah.in(directory).run("journal", "list", "--json").json().get("entries");
            assertThat(entries).hasSize(1);
            assertThat(entries.get(0).get("kind").asString()).isEqualTo("create-index");
            assertThat(entries.get(0).get("state").asString()).isEqualTo("interrupted");
            old.rollback();
        }
    }

    /**
     * A foreign key without an index, and an open transaction whose snapshot the build of one has
     * to wait for.
     */
    private Connection faulty(TestServer server) throws Exception {
        server.createDatabase(DATABASE);
        server.createDatabase("journal");
        server.executeIn(
                DATABASE,
                """
                CREATE TABLE public.depot (id int PRIMARY KEY, name text);
                CREATE TABLE public.crate (id int, depot int REFERENCES public.depot, note text);
                INSERT INTO public.depot SELECT n, 'depot ' || n FROM generate_series(1, 1100) n;
                INSERT INTO public.crate
                    SELECT n, n % 1000 + 1, repeat('x', 50) FROM generate_series(1, 100000) n;
                DELETE FROM public.depot WHERE id > 1000;
                ANALYZE;
                """);
        Files.writeString(
                directory.resolve("howdah.yaml"),
                "repository: {dsn: '" + server.dsn("journal") + "'}\n");
        Connection old = server.connect(DATABASE);
        old.setAutoCommit(false);
        old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = old.createStatement()) {
            statement.execute("SELECT count(*) FROM public.depot");
        }
        return old;
    }

    private static long number(TestServer server, String sql) throws Exception {
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
