package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.TestServer;
import org.howdah.remedy.CreateIndex;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Lock;
import org.howdah.remedy.LockMode;
import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.RemedyPlan;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IndexChecksTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestDatabase.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestDatabase orders() {
        return orders(server);
    }

    static TestDatabase orders(TestServer server) {
        return TestDatabase.on(server)
                .execute(
                        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
                        "CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, at date, note text)",
                        "INSERT INTO customers SELECT i, 'c' || i FROM generate_series(1, 1000) i",
                        "INSERT INTO orders SELECT i, 1 + i % 1000, current_date - i % 365, repeat('x', 20) FROM generate_series(1, 50000) i",
                        "VACUUM ANALYZE");
    }

    @Test
    void an_index_that_no_node_uses_is_found_and_one_in_use_is_not() {
        TestDatabase database =
                orders().execute(
                                "CREATE INDEX by_date ON orders (at)",
                                "CREATE INDEX by_customer ON orders (customer)",
                                "CREATE UNIQUE INDEX by_note ON orders (note, id)",
                                "SELECT * FROM orders WHERE customer = 5");
        Finding finding = database.only(new UnusedIndexCheck(Duration.ZERO), "public.by_date");
        assertThat(finding.summary()).contains("was not used once in");
        DropIndex drop = (DropIndex) finding.remedies().getFirst();
        assertThat(drop.undo().getFirst()).contains("CONCURRENTLY", "(at)");
    }

    @Test
    void an_unused_index_is_not_dropped_while_counters_are_young() {
        TestDatabase database =
                orders().execute("CREATE INDEX by_date ON orders (at)", "SELECT pg_stat_reset()");
        Finding finding = database.only(new UnusedIndexCheck(), "public.by_date");
        assertThat(finding.severity()).isEqualTo(Severity.NOTICE);
        assertThat(finding.remedies()).isEmpty();
    }

    @Test
    void an_index_that_a_reader_uses_is_not_unused_and_an_unknown_reader_forbids_the_judgement() {
        TestDatabase database = orders().execute("CREATE INDEX by_date ON orders (at)");
        ClusterFacts before = database.facts();
        database.execute("SELECT id FROM orders WHERE at = current_date");
        ClusterFacts after = database.facts();
        ClusterFacts both = new ClusterFacts("c", before.main(), List.of(after.main()), List.of());
        assertThat(new UnusedIndexCheck().run(both)).isEqualTo(new Outcome.Checked(List.of()));
        ClusterFacts lost =
                new ClusterFacts("c", before.main(), List.of(), List.of("r2: no answer"));
        assertThat(new UnusedIndexCheck().run(lost)).isInstanceOf(Outcome.NotChecked.class);
    }

    @Test
    void duplicate_indexes_are_found_and_the_one_that_enforces_stays() {
        TestDatabase database =
                orders().execute(
                                "CREATE INDEX again ON orders (id)",
                                "CREATE INDEX at_1 ON orders (at)",
                                "CREATE INDEX at_2 ON orders (at)",
                                "CREATE INDEX at_down ON orders (at DESC)",
                                "CREATE INDEX at_part ON orders (at) WHERE id > 5",
                                "CREATE INDEX note_c ON orders (note COLLATE \"C\")",
                                "CREATE INDEX note_d ON orders (note)",
                                "CREATE INDEX note_pattern ON orders (note text_pattern_ops)");
        assertThat(database.found(new DuplicateIndexCheck()))
                .extracting(finding -> finding.subject().name())
                .containsExactlyInAnyOrder("public.again", "public.at_2");
        database.execute("DROP INDEX again, at_2").quiet(new DuplicateIndexCheck());
    }

    @Test
    void an_index_that_is_the_beginning_of_another_is_found() {
        TestDatabase database =
                orders().execute(
                                "CREATE INDEX narrow ON orders (customer)",
                                "CREATE INDEX wide ON orders (customer, at)",
                                "CREATE INDEX included ON orders (at) INCLUDE (note)",
                                "CREATE INDEX without ON orders (at, id)",
                                "CREATE INDEX other_way ON orders (note DESC)",
                                "CREATE INDEX note_wide ON orders (note, at)");
        Finding finding = database.only(new RedundantIndexCheck(), "public.narrow");
        assertThat(finding.remedies().getFirst()).isInstanceOf(DropIndex.class);
        database.execute("DROP INDEX narrow").quiet(new RedundantIndexCheck());
    }

    @Test
    void a_plan_never_drops_an_index_together_with_the_one_that_stands_in_for_it() {
        TestDatabase database =
                orders().execute(
                                "CREATE INDEX narrow ON orders (customer)",
                                "SELECT * FROM orders WHERE customer = 5",
                                "CREATE INDEX wide ON orders (customer, at)",
                                "CREATE INDEX at_1 ON orders (at)",
                                "CREATE INDEX at_2 ON orders (at)",
                                "CREATE INDEX note_narrow ON orders (note)",
                                "CREATE INDEX note_wide ON orders (note, at)");
        ClusterFacts facts = database.facts();
        List<Finding> findings =
                DatabaseChecks.all().stream()
                        .map(check ->
                                check instanceof UnusedIndexCheck
                                        ? new UnusedIndexCheck(Duration.ZERO)
                                        : check)
                        .flatMap(check ->
                                check.run(facts) instanceof Outcome.Checked checked
                                        ? checked.findings().stream()
                                        : Stream.<Finding>empty())
                        .toList();
        assertThat(RemedyPlan.of(findings).remedies())
                .extracting(PlannedRemedy::remedy)
                .filteredOn(DropIndex.class::isInstance)
                .extracting(remedy -> remedy.subject().name())
                .containsExactlyInAnyOrder("public.wide", "public.at_2", "public.note_narrow");
        assertThat(findings)
                .filteredOn(finding -> finding.check().equals("unused-index"))
                .filteredOn(finding -> finding.subject().name().equals("public.at_1"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.why()).contains("it does the work of at_2");
                    assertThat(finding.remedies()).isEmpty();
                });
    }

    @Test
    void a_wider_index_that_is_used_stands_in_for_a_narrow_one_that_is_used() {
        TestDatabase database =
                orders().execute(
                                "CREATE INDEX wide ON orders (customer, at)",
                                "SELECT * FROM orders WHERE customer = 5",
                                "CREATE INDEX narrow ON orders (customer)",
                                "SELECT * FROM orders WHERE customer = 5");
        assertThat(database.only(new RedundantIndexCheck(), "public.narrow").remedies()).hasSize(1);
    }

    @Test
    void a_deferrable_constraint_does_not_stand_in_for_an_index_that_checks_at_once() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE seats (id int UNIQUE DEFERRABLE, code int UNIQUE)",
                                "CREATE UNIQUE INDEX at_once ON seats (id)",
                                "CREATE UNIQUE INDEX code_nulls ON seats (code) NULLS NOT DISTINCT");
        for (int i = 0; i < 2; i++) {
            assertThat(database.found(new DuplicateIndexCheck()))
                    .extracting(finding -> finding.subject().name())
                    .doesNotContain("public.at_once", "public.code_nulls");
            database.execute("SET enable_seqscan = off", "SELECT * FROM seats WHERE id = 1");
        }
        database.execute("CREATE INDEX plain ON seats (id)");
        assertThat(database.found(new DuplicateIndexCheck()))
                .extracting(finding -> finding.subject().name())
                .contains("public.plain");
    }

    @Test
    void an_invalid_index_is_found_but_not_while_it_is_being_built() throws Exception {
        TestDatabase database = orders();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE UNIQUE INDEX CONCURRENTLY failed ON orders (customer)");
        } catch (SQLException duplicates) {
            assertThat(duplicates.getSQLState()).isEqualTo("23505");
        }
        Finding finding = database.only(new InvalidIndexCheck(), "public.failed");
        assertThat(((DropIndex) finding.remedies().getFirst()).reason())
                .isEqualTo(DropIndex.Reason.INVALID);
        database.execute("DROP INDEX failed").quiet(new InvalidIndexCheck());

        try (Connection holder = database.connect();
                Connection builder = database.connect();
                Statement hold = holder.createStatement();
                Statement build = builder.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("LOCK TABLE orders IN ROW EXCLUSIVE MODE");
            Thread building =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    build.execute(
                                            "CREATE INDEX CONCURRENTLY slow ON orders (note)");
                                } catch (SQLException failure) {
                                    throw new AssertionError(failure);
                                }
                            });
            Awaitility.await()
                    .until(() ->
                            database.facts().main().database().indexes().orNone().stream()
                                    .anyMatch(index -> index.name().equals("slow")));
            database.quiet(new InvalidIndexCheck());
            holder.rollback();
            building.join();
        }
        database.quiet(new InvalidIndexCheck());
    }

    @Test
    void what_a_canceled_reindex_leaves_is_found_but_not_while_it_is_at_work() throws Exception {
        TestDatabase database =
                orders().execute("CREATE INDEX by_date ON orders (at)", "CREATE TABLE other ()");
        try (Connection reader = database.connect();
                Connection builder = database.connect();
                Statement read = reader.createStatement();
                Statement build = builder.createStatement()) {
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            read.execute("SELECT * FROM other");
            CompletableFuture<String> building =
                    CompletableFuture.supplyAsync(() -> sqlState(build));
            Awaitility.await()
                    .until(() ->
                            database.facts().main().database().tableWork().orNone().stream()
                                    .flatMap(work -> work.phase().stream())
                                    .anyMatch(phase -> phase.equals("waiting for old snapshots")));
            assertThat(database.facts().main().database().indexes().orNone())
                    .anyMatch(index -> index.name().equals("by_date_ccnew") && !index.valid());
            database.quiet(new InvalidIndexCheck());
            build.cancel();
            assertThat(building.get(10, TimeUnit.SECONDS)).isEqualTo("57014");
            reader.rollback();
        }
        Finding finding = database.only(new InvalidIndexCheck(), "public.by_date_ccnew");
        assertThat(finding.summary()).contains("REINDEX CONCURRENTLY left it behind");
        DropIndex drop = (DropIndex) finding.remedies().getFirst();
        assertThat(drop.reason()).isEqualTo(DropIndex.Reason.INVALID);
        database.execute(drop.statements().getFirst()).quiet(new InvalidIndexCheck());
    }

    /** How the rebuild ends. */
    private static String sqlState(Statement statement) {
        try {
            statement.execute("REINDEX INDEX CONCURRENTLY by_date");
            return "done";
        } catch (SQLException failure) {
            return failure.getSQLState();
        }
    }

    @Test
    void a_partitioned_duplicate_is_dropped_as_a_whole_and_comes_back_part_by_part() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE events (id int, at int) PARTITION BY RANGE (at)",
                                "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10)",
                                "CREATE INDEX events_id ON events (id)",
                                "CREATE INDEX events_id_too ON events (id)");
        Finding finding = database.only(new DuplicateIndexCheck(), "public.events_id_too");
        DropIndex drop = (DropIndex) finding.remedies().getFirst();
        assertThat(drop.statements()).containsExactly("DROP INDEX \"public\".\"events_id_too\"");
        assertThat(drop.lock()).isEqualTo(Lock.brief(LockMode.ACCESS_EXCLUSIVE));
        assertThat(drop.undo())
                .containsExactly(
                        "CREATE INDEX events_id_too ON ONLY public.events USING btree (id)",
                        "CREATE INDEX CONCURRENTLY events_1_id_idx1 ON public.events_1 USING btree (id)",
                        "ALTER INDEX \"public\".\"events_id_too\" ATTACH PARTITION \"public\".\"events_1_id_idx1\"");
        drop.statements().forEach(database::execute);
        database.quiet(new DuplicateIndexCheck());
    }

    @Test
    void sequential_scans_of_a_large_table_are_found() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE large (id int, note text)",
                                "INSERT INTO large SELECT i, repeat('x', 40) FROM generate_series(1, 60000) i");
        database.quiet(new SequentialScansCheck());
        database.execute(
                "DO $$ BEGIN FOR i IN 1..60 LOOP PERFORM count(*) FROM large WHERE id = i; END LOOP; END $$");
        assertThat(
                        database.only(new SequentialScansCheck(), "public.large")
                                .measures()
                                .get(3)
                                .value())
                .isGreaterThan(50_000);
        database.execute(
                "CREATE INDEX ON large (id)",
                "ANALYZE large",
                "DO $$ BEGIN FOR i IN 1..100 LOOP PERFORM count(*) FROM large WHERE id = i; END LOOP; END $$");
        database.quiet(new SequentialScansCheck());
    }

    @Test
    void a_foreign_key_without_an_index_is_found_and_gets_one() {
        TestDatabase database = orders();
        assertThat(database.only(new ForeignKeyIndexCheck(), "public.orders").remedies())
                .as("nobody deletes customers, so nobody would use it")
                .isEmpty();
        database.execute(
                "INSERT INTO customers VALUES (2000, 'short-lived')",
                "DELETE FROM customers WHERE id = 2000");
        Finding finding = database.only(new ForeignKeyIndexCheck(), "public.orders");
        CreateIndex create = (CreateIndex) finding.remedies().getFirst();
        assertThat(create.statements())
                .containsExactly(
                        "CREATE INDEX CONCURRENTLY \"orders_customer_idx\" ON \"public\".\"orders\" USING btree (\"customer\")");
        database.execute("CREATE INDEX useless ON orders (at, customer)");
        database.findings(new ForeignKeyIndexCheck()).hasSize(1);
        database.execute(create.statements().getFirst()).quiet(new ForeignKeyIndexCheck());
    }

    @Test
    void many_indexes_on_a_written_table_are_found() {
        TestDatabase database = orders();
        for (int i = 0; i < 9; i++) {
            database.quiet(new ManyIndexesCheck());
            database.execute("CREATE INDEX ON orders (at, id) WHERE id > " + i);
        }
        assertThat(database.only(new ManyIndexesCheck(), "public.orders").picture()).isPresent();
    }

    @Test
    void updates_that_are_seldom_hot_are_found() {
        TestDatabase database =
                orders().execute(
                                "CREATE INDEX by_date ON orders (at)",
                                "UPDATE orders SET at = at + 1");
        assertThat(
                        database.only(new HotUpdatesCheck(), "public.orders")
                                .measures()
                                .getFirst()
                                .value())
                .isLessThan(0.1);
        database.execute(
                "SELECT pg_stat_reset()",
                "CREATE TABLE roomy (id int PRIMARY KEY, n int, m int) WITH (fillfactor = 40)",
                "CREATE INDEX ON roomy (m)",
                "INSERT INTO roomy SELECT i, i, i FROM generate_series(1, 12000) i",
                "UPDATE roomy SET n = n + 1");
        database.quiet(new HotUpdatesCheck());
    }
}
