package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.howdah.remedy.Workshop.SOON;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;

import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Indexes of others that have the name of ours, or come by it while ours is made. */
class ForeignIndexTest {
    private static Workshop shop;

    @BeforeAll
    static void open() {
        shop = Workshop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static RemedyOutcome run(Remedy remedy, RunListener listener) {
        return Workshop.runOne(shop.unafraid(), remedy, listener);
    }

    private static void staysAfterRecovery(String database, String table, String... indexes) {
        assertThat(shop.indexes(database, table)).containsExactly(indexes);
        shop.runner().recover(RunListener.SILENT);
        assertThat(shop.indexes(database, table)).containsExactly(indexes);
    }

    @Test
    void indexThatSomebodyCreatesJustBeforeStays() {
        String database = shop.orders();
        RemedyOutcome outcome =
                run(
                        index(database, "orders", "orders_total", "(total)"),
                        shop.justBefore(
                                "CREATE INDEX CONCURRENTLY",
                                database,
                                "CREATE INDEX orders_total ON orders (total)"));
        assertThat(outcome.state()).isEqualTo(RemedyState.FAILED);
        assertThat(outcome.reason()).contains("already exists");
        staysAfterRecovery(database, "orders", "orders_pkey", "orders_total");
    }

    @Test
    void indexThatIsThereBeforeOursBeginsIsARefusal() {
        String database = shop.orders();
        RemedyOutcome outcome =
                run(
                        index(database, "orders", "orders_total", "(total)"),
                        shop.justBefore(
                                "LOCK TABLE",
                                database,
                                "CREATE INDEX orders_total ON orders (total)"));
        assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
        assertThat(outcome.reason()).contains("a relation public.orders_total exists already");
        staysAfterRecovery(database, "orders", "orders_pkey", "orders_total");
    }

    @Test
    void indexOfATransactionThatCommitsWhileOursWaitsStays() throws Exception {
        String database = shop.orders();
        try (Connection theirs =
                shop.transaction(database, "CREATE INDEX orders_total ON other (id)")) {
            CompletableFuture<RemedyOutcome> running = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() ->
                            running.complete(
                                    run(
                                            index(database, "orders", "orders_total", "(total)"),
                                            RunListener.SILENT)));
            await().atMost(SOON)
                    .until(() ->
                            shop.text(
                                            database,
                                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                                    + " AND wait_event_type = 'Lock' AND query LIKE 'CREATE INDEX CONC%'")
                                    .equals("1"));
            theirs.commit();
            RemedyOutcome outcome = running.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(outcome.state()).isEqualTo(RemedyState.FAILED);
        }
        staysAfterRecovery(database, "other", "orders_total");
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void indexWithTheNameOfAPartitionsStays() {
        String database = shop.database();
        shop.execute(
                database,
                "CREATE TABLE events (id bigint) PARTITION BY RANGE (id)",
                "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (9)",
                "CREATE INDEX events_id_events_1 ON events_1 ((id + 1))");
        RemedyOutcome outcome =
                run(index(database, "events", "events_id", "(id)"), RunListener.SILENT);
        assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
        assertThat(outcome.reason()).contains("events_id_events_1 exists already");
        staysAfterRecovery(database, "events", "events_id_events_1");
    }

    @Test
    void recoveryTakesAValidIndexOnlyByItsOid() {
        String database = shop.orders();
        RemedyOutcome made =
                run(index(database, "orders", "orders_total", "(total)"), RunListener.SILENT);
        long entry = made.journalId().orElseThrow();
        shop.killed(entry);
        shop.execute(
                database, "DROP INDEX orders_total", "CREATE INDEX orders_total ON orders (total)");
        staysAfterRecovery(database, "orders", "orders_pkey", "orders_total");

        shop.execute(database, "DROP INDEX orders_total");
        RemedyOutcome again =
                run(index(database, "orders", "orders_total", "(total)"), RunListener.SILENT);
        shop.killed(again.journalId().orElseThrow());
        assertThat(shop.runner().recover(RunListener.SILENT)).hasSize(1);
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }

    @Test
    void leftoverThatIsValidAfterTheWaitForItsTableStays() throws Exception {
        String database = shop.orders();
        broken(database);
        try (Connection holder =
                shop.transaction(database, "LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE")) {
            RunListener mender =
                    new RunListener() {
                        @Override
                        public void waiting(String why) {
                            finish(holder);
                        }
                    };
            RemedyOutcome outcome =
                    run(
                            new DropIndex(database, name("broken"), "", DropIndex.Reason.INVALID),
                            mender);
            assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("is valid by now");
        }
        assertThat(shop.indexes(database, "orders")).contains("broken");
    }

    private static void finish(Connection holder) {
        try (var statement = holder.createStatement()) {
            statement.execute("DELETE FROM orders WHERE id = 5000");
            statement.execute("REINDEX INDEX broken");
            holder.commit();
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void dropThatNeverBeganCleansNothing() throws Exception {
        String database = shop.orders();
        broken(database);
        try (Connection holder =
                shop.transaction(database, "LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE")) {
            RemedyOutcome outcome =
                    run(
                            new DropIndex(database, name("broken"), "", DropIndex.Reason.INVALID),
                            RunListener.SILENT);
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(shop.entry(outcome).statements())
                    .extracting(JournalStatement::statement)
                    .noneMatch(sql -> sql.startsWith("DROP"));
            holder.rollback();
        }
        assertThat(shop.runner().recover(RunListener.SILENT)).isEmpty();
        assertThat(shop.indexes(database, "orders")).contains("broken!");
    }

    private static void broken(String database) {
        shop.execute(database, "INSERT INTO orders VALUES (5000, 1)");
        try {
            shop.execute(database, "CREATE UNIQUE INDEX CONCURRENTLY broken ON orders (total)");
        } catch (IllegalStateException duplicate) {
            assertThat(duplicate).hasMessageContaining("could not create unique index");
        }
    }
}
