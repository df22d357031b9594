package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.howdah.remedy.Workshop.inBackground;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;
import static org.howdah.remedy.Workshop.soon;

import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import org.howdah.postgres.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What interrupted index work left, and what only looks like it. */
class LeftoversTest {
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
    void indexThatIsStillBeingBuiltIsNoLeftover() throws Exception {
        String database = shop.orders();
        try (Connection old = shop.oldSnapshot(database)) {
            CompletableFuture<RunResult> running =
                    inBackground(
                            shop.unafraid(), index(database, "orders", "orders_total", "(total)"));
            shop.awaitBuild(database);
            assertThat(shop.indexes(database, "orders")).contains("orders_total!");
            RemedyOutcome drop =
                    shop.runOne(
                            new DropIndex(
                                    database, name("orders_total"), "", DropIndex.Reason.INVALID));
            assertThat(drop.state()).isEqualTo(RemedyState.REFUSED);
            old.rollback();
            assertThat(soon(running).state()).isEqualTo(RemedyState.DONE);
            assertThat(shop.indexes(database, "orders")).contains("orders_total");
        }
    }

    @Test
    void leftoversOfOthersAreRemoved() {
        String database = shop.orders();
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
