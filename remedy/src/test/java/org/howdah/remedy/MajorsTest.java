package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of remedy on each older server; the newest has tests of its own. */
class MajorsTest {
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17})
    void allKindsOfRemedies(int major) {
        try (Workshop shop = Workshop.open(major)) {
            String database = shop.database();
            shop.execute(
                    database,
                    "CREATE TABLE orders (id bigint PRIMARY KEY, total int)",
                    "CREATE TABLE events (id bigint, at int) PARTITION BY RANGE (at)",
                    "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10)",
                    "CREATE INDEX orders_twin ON orders (total)",
                    "INSERT INTO orders SELECT g, g FROM generate_series(1, 5000) g",
                    "ANALYZE orders",
                    "DELETE FROM orders WHERE id % 2 = 0");
            Proof proof =
                    new Proof(
                            1,
                            "SELECT * FROM orders WHERE total = $1",
                            List.of("5"),
                            List.of(),
                            90);
            RunResult result =
                    shop.run(
                            new Vacuum(database, name("orders"), true, true, Cost.NOTHING),
                            new Analyze(database, name("events"), Cost.NOTHING),
                            new SetTableOptions(
                                    database, name("orders"), Map.of("fillfactor", "80"), Map.of()),
                            new SetSetting("work_mem", "8MB", Optional.empty(), false),
                            index(database, "orders", "orders_total", "(total)", proof),
                            index(database, "events", "events_id", "(id)"),
                            new DropIndex(
                                    database, name("orders_twin"), "", DropIndex.Reason.DUPLICATE),
                            new Reindex(database, name("orders_pkey"), Cost.NOTHING));
            assertThat(result.outcomes())
                    .allSatisfy(outcome ->
                            assertThat(outcome.state())
                                    .as(outcome.toString())
                                    .isEqualTo(RemedyState.DONE))
                    .flatExtracting(RemedyOutcome::guards)
                    .extracting(GuardReading::verdict)
                    .containsOnly(GuardReading.Verdict.PASS);
            assertThat(result.outcomes())
                    .filteredOn(outcome -> outcome.planned().remedy() instanceof Vacuum)
                    .extracting(outcome -> outcome.after().orElse(-1))
                    .containsExactly(0.0);
            for (JournalEntry entry : shop.journal().list(JournalFilter.all())) {
                if (entry.canBeUndone()) {
                    assertThat(shop.runner().undo(entry.id(), "test", RunListener.SILENT).state())
                            .isEqualTo(RemedyState.DONE);
                }
            }
            assertThat(shop.indexes(database, "orders"))
                    .containsExactly("orders_pkey", "orders_twin");
            assertThat(shop.indexes(database, "events")).isEmpty();
            assertThat(shop.text(database, "SHOW work_mem")).isEqualTo("4MB");
        }
    }
}
