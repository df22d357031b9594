package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;
import static org.howdah.remedy.Workshop.plan;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.howdah.postgres.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What interrupted index work left, and what only looks like it. */
class LeftoversTest {
    private static final Duration SOON = Duration.ofSeconds(8);
    private static final GuardLimits OLD_TRANSACTIONS_ALLOWED =
            GuardLimits.defaults().withOldestTransaction(Duration.ofHours(1));

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
                "CREATE TABLE orders (id bigint PRIMARY KEY, total int)",
                "CREATE TABLE other (id int)",
                "INSERT INTO other VALUES (1)",
                "INSERT INTO orders SELECT g, g FROM generate_series(1, 1000) g");
        return database;
    }

    /** Makes every concurrent build in the database wait, without touching its table. */
    private static Connection oldSnapshot(String database) {
        return shop.transaction(database, "SELECT * FROM other");
    }

    private static RemedyRunner patient(GuardLimits limits) {
        return shop.runner(Workshop.quick(), limits, Policy.applyAll());
    }

    private static CompletableFuture<RunResult> inBackground(RemedyRunner runner, Remedy remedy) {
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

    private static void awaitBuild(String database) {
        await().atMost(SOON)
                .until(() ->
                        shop.text(
                                        database,
                                        "SELECT count(*) FROM pg_stat_progress_create_index"
                                                + " WHERE datname = current_database() AND phase LIKE 'waiting%'")
                                .equals("1"));
    }

    private static RemedyOutcome only(CompletableFuture<RunResult> result) throws Exception {
        return result.get(SOON.toSeconds(), TimeUnit.SECONDS).outcomes().getLast();
    }

    @Test
    void indexThatIsStillBeingBuiltIsNoLeftover() throws Exception {
        String database = orders();
        try (Connection old = oldSnapshot(database)) {
            CompletableFuture<RunResult> running =
                    inBackground(
                            patient(OLD_TRANSACTIONS_ALLOWED),
                            index(database, "orders", "orders_total", "(total)"));
            awaitBuild(database);
            assertThat(shop.indexes(database, "orders")).contains("orders_total!");
            RemedyOutcome drop =
                    shop.runOne(
                            new DropIndex(
                                    database, name("orders_total"), "", DropIndex.Reason.INVALID));
            assertThat(drop.state()).isEqualTo(RemedyState.REFUSED);
            old.rollback();
            assertThat(only(running).state()).isEqualTo(RemedyState.DONE);
            assertThat(shop.indexes(database, "orders")).contains("orders_total");
        }
    }

    @Test
    void leftoversOfOthersAreRemoved() {
        String database = orders();
        shop.execute(database, "INSERT INTO orders VALUES (5000, 1)");
        try (Session session = shop.session(database)) {
            assertThatThrownBy(() ->
                            session.execute(
                                    "CREATE UNIQUE INDEX CONCURRENTLY broken ON public.orders (total)"))
                    .hasMessageContaining("could not create unique index");
            assertThat(shop.indexes(database, "orders")).contains("broken!");
            RemedyOutcome outcome =
                    shop.runOne(
                            new DropIndex(database, name("broken"), "", DropIndex.Reason.INVALID));
            assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        }
        assertThat(shop.indexes(database, "orders")).containsExactly("orders_pkey");
    }
}
