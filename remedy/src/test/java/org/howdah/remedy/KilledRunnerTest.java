package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.howdah.remedy.Workshop.index;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.repository.Repository;
import org.howdah.repository.RepositoryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner that is killed in the middle of a build, as by {@code kill -9} or a power failure. */
class KilledRunnerTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The process that is killed: builds an index, which waits for an old snapshot. */
    static final class Victim {
        private Victim() {}

        /**
         * @param arguments the server's address, the database to mend, the table, its column
         */
        public static void main(String[] arguments) {
            Environment environment = Environment.ofProcess();
            Dsn server = Dsn.parse(arguments[0], environment);
            try (Repository repository =
                    Repository.open(
                            RepositoryOptions.at(server.withDatabase("howdah")),
                            environment,
                            Clock.systemUTC())) {
                new RemedyRunner(
                                new Target(Workshop.CLUSTER, server),
                                new Journal(repository),
                                Policy.applyAll(),
                                GuardLimits.defaults(),
                                RunnerOptions.defaults(),
                                new Random(1))
                        .run(
                                Workshop.plan(
                                        index(
                                                arguments[1],
                                                arguments[2],
                                                arguments[2] + "_" + arguments[3],
                                                "(" + arguments[3] + ")")),
                                Approval.NOBODY,
                                RunListener.SILENT);
            }
        }
    }

    @Test
    void isReportedAndMendedByTheNextStart(@TempDir Path directory) throws Exception {
        try (Workshop shop = Workshop.open()) {
            String database = shop.database();
            shop.execute(
                    database,
                    "CREATE TABLE orders (id bigint PRIMARY KEY, total int)",
                    "CREATE TABLE other (id int)");
            Connection old = shop.transaction(database, "SELECT * FROM other");
            Process victim = start(directory, shop, database, "orders", "total");
            await().atMost(SOON)
                    .until(() ->
                            shop.indexes(database, "orders").contains("orders_total!")
                                    && shop.newest()
                                            .filter(e -> e.state() == RemedyState.RUNNING)
                                            .isPresent());
            // A runner that lives is left alone.
            assertThat(shop.runner().recover(RunListener.SILENT)).isEmpty();
            long entry = shop.newest().orElseThrow().id();

            victim.destroyForcibly().waitFor();
            List<RemedyOutcome> mended = shop.runner().recover(RunListener.SILENT);

            // Its server process was still building: it had to be ended first.
            assertThat(mended).hasSize(1);
            assertThat(mended.getFirst().state())
                    .as(mended.getFirst().reason())
                    .isEqualTo(RemedyState.DONE);
            assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
            assertThat(shop.journal().get(entry).state()).isEqualTo(RemedyState.INTERRUPTED);
            assertThat(shop.journal().get(entry).reason())
                    .contains("its process ended while it ran")
                    .contains("removed what it left: public.orders_total");
            assertThat(shop.entry(mended.getFirst()).allowedBy())
                    .isEqualTo("recovery of entry " + entry);
            assertThat(shop.runner().recover(RunListener.SILENT)).isEmpty();
            old.rollback();
            old.close();
        }
    }

    /** Its parent and one part are done, the next part is being built. */
    @Test
    void leavesNothingOfAPartitionedBuild(@TempDir Path directory) throws Exception {
        try (Workshop shop = Workshop.open()) {
            String database = shop.database();
            shop.execute(
                    database,
                    "CREATE TABLE events (id bigint) PARTITION BY RANGE (id)",
                    "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10)",
                    "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20)",
                    "CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM (20) TO (30)");
            try (Connection writer = shop.server().connect(database)) {
                writer.setAutoCommit(false);
                try (Statement statement = writer.createStatement()) {
                    statement.execute("INSERT INTO events_2 VALUES (11)");
                }
                Process victim = start(directory, shop, database, "events", "id");
                await().atMost(SOON)
                        .until(() ->
                                shop.indexes(database, "events").contains("events_id_events_2!"));
                assertThat(shop.indexes(database, "events"))
                        .containsExactly("events_id!", "events_id_events_1", "events_id_events_2!");
                assertThat(shop.runner().recover(RunListener.SILENT)).isEmpty();
                long entry = shop.newest().orElseThrow().id();
                victim.destroyForcibly().waitFor();

                RemedyRunner impatient =
                        shop.runner(
                                Workshop.quick().withTransactionWait(Duration.ofMillis(300)),
                                GuardLimits.defaults(),
                                Policy.applyAll());
                assertThat(impatient.recover(RunListener.SILENT))
                        .extracting(RemedyOutcome::state)
                        .containsOnly(RemedyState.REFUSED);
                assertThat(shop.journal().get(entry).state()).isEqualTo(RemedyState.INTERRUPTED);
                writer.rollback();
            }
            assertThat(shop.runner().recover(RunListener.SILENT))
                    .extracting(RemedyOutcome::state)
                    .contains(RemedyState.DONE);
            assertThat(shop.indexes(database, "events")).isEmpty();
            assertThat(shop.runner().recover(RunListener.SILENT)).isEmpty();
        }
    }

    private static Process start(
            Path directory, Workshop shop, String database, String table, String column)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        shop.server().dsn("postgres"),
                        database,
                        table,
                        column)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("victim.log").toFile())
                .start();
    }
}
