package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Indexes of partitioned tables, which the server does not build or drop concurrently. */
class PartitionedIndexTest {
    private static Workshop shop;

    @BeforeAll
    static void open() {
        shop = Workshop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    private static String events() {
        String database = shop.database();
        shop.execute(
                database,
                "CREATE TABLE events (id bigint, kind text, at date) PARTITION BY RANGE (at)",
                "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')",
                "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2024-02-01') TO ('2024-03-01') PARTITION BY LIST (kind)",
                "CREATE TABLE events_2a PARTITION OF events_2 FOR VALUES IN ('a')",
                "CREATE TABLE events_2b PARTITION OF events_2 DEFAULT",
                "INSERT INTO events SELECT g, chr(97 + g % 3), date '2024-01-01' + g % 60 FROM generate_series(1, 3000) g",
                "ANALYZE events");
        return database;
    }

    private static final List<String> ALL =
            List.of(
                    "events_id",
                    "events_id_events_1",
                    "events_id_events_2",
                    "events_id_events_2_events_2a",
                    "events_id_events_2_events_2b");

    @Test
    void isBuiltPartitionByPartitionProvenAndUndone() {
        String database = events();
        Proof proof =
                new Proof(1, "SELECT * FROM events WHERE id = $1", List.of("77"), List.of(), 90);
        RemedyOutcome outcome =
                shop.runOne(index(database, "events", "events_id", "USING btree (id)", proof));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(outcome.reason()).contains("1 of 1 statements use it");
        assertThat(shop.indexes(database, "events")).containsExactlyElementsOf(ALL);
        assertThat(shop.entry(outcome).statements())
                .extracting(JournalStatement::statement)
                .anyMatch(sql -> sql.contains("ON ONLY"))
                .anyMatch(sql -> sql.startsWith("CREATE INDEX CONCURRENTLY"))
                .anyMatch(sql -> sql.contains("ATTACH PARTITION"));

        UndoOutcome undo =
                shop.runner().undo(outcome.journalId().orElseThrow(), "test", RunListener.SILENT);
        assertThat(undo.state()).as(undo.reason()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "events")).isEmpty();
    }

    @Test
    void partitionThatIsLockedLeavesNothing() throws SQLException {
        String database = events();
        try (Connection holder =
                shop.transaction(database, "LOCK TABLE ONLY events_2b IN ACCESS EXCLUSIVE MODE")) {
            RemedyOutcome outcome = shop.runOne(index(database, "events", "events_id", "(id)"));
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("AccessExclusiveLock");
            holder.rollback();
        }
        shop.runner().recover(RunListener.SILENT);
        assertThat(shop.indexes(database, "events")).isEmpty();
    }

    @Test
    void indexThatNoPlanUsesGoesWithAllItsPartitions() {
        String database = events();
        Proof proof =
                new Proof(1, "SELECT * FROM events WHERE id > $1", List.of("0"), List.of(), 90);
        RemedyOutcome outcome = shop.runOne(index(database, "events", "events_id", "(id)", proof));
        assertThat(outcome.state()).isEqualTo(RemedyState.NOT_PROVEN);
        assertThat(shop.indexes(database, "events")).isEmpty();
    }

    @Test
    void proofThatMayRunOthersCodeIsNone() {
        String database = events();
        shop.server()
                .executeIn(
                        database,
                        """
                        CREATE ROLE stranger;
                        CREATE FUNCTION strange(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS
                            $$BEGIN RAISE EXCEPTION 'strange ran'; END$$;
                        ALTER FUNCTION strange(int) OWNER TO stranger;
                        """);
        Proof proof =
                new Proof(
                        1, "SELECT * FROM events WHERE id = strange(1)", List.of(), List.of(), 90);
        RemedyOutcome outcome = shop.runOne(index(database, "events", "events_id", "(id)", proof));
        assertThat(outcome.state()).isEqualTo(RemedyState.NOT_PROVEN);
        assertThat(outcome.reason())
                .contains("function strange, which belongs to role stranger")
                .doesNotContain("strange ran");
        assertThat(shop.indexes(database, "events")).isEmpty();
    }

    @Test
    void partitionedIndexIsDroppedInAMomentAndComesBack() {
        String database = events();
        assertThat(shop.runOne(index(database, "events", "events_id", "(id)")).state())
                .isEqualTo(RemedyState.DONE);
        RemedyOutcome part =
                shop.runOne(
                        new DropIndex(
                                database, name("events_id_events_1"), "", DropIndex.Reason.UNUSED));
        assertThat(part.state()).isEqualTo(RemedyState.REFUSED);
        assertThat(part.reason()).contains("belongs to a partitioned index");

        RemedyOutcome outcome =
                shop.runOne(
                        new DropIndex(database, name("events_id"), "", DropIndex.Reason.UNUSED));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "events")).isEmpty();
        assertThat(shop.entry(outcome).statements())
                .extracting(JournalStatement::lockMode)
                .containsExactly(LockMode.ACCESS_EXCLUSIVE);

        UndoOutcome undo =
                shop.runner().undo(outcome.journalId().orElseThrow(), "test", RunListener.SILENT);
        assertThat(undo.state()).as(undo.reason()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "events")).containsExactlyElementsOf(ALL);
    }

    @Test
    void droppedIndexComesBackOnThePartitionsThatAreThereByThen() {
        String database = events();
        shop.execute(database, "CREATE INDEX events_id ON events (id)");
        RemedyOutcome outcome =
                shop.runOne(
                        new DropIndex(database, name("events_id"), "", DropIndex.Reason.UNUSED));
        shop.execute(
                database,
                "DROP TABLE events_1",
                "CREATE TABLE events_3 PARTITION OF events FOR VALUES FROM ('2024-03-01') TO ('2024-04-01')",
                "CREATE TABLE events_2c PARTITION OF events_2 FOR VALUES IN ('z')",
                "CREATE INDEX back_already ON events_3 (id)");
        UndoOutcome undo =
                shop.runner().undo(outcome.journalId().orElseThrow(), "test", RunListener.SILENT);
        assertThat(undo.state()).as(undo.reason()).isEqualTo(RemedyState.DONE);
        assertThat(undo.reason()).isEqualTo("not on what is gone by now: public.events_1");
        assertThat(shop.indexes(database, "events"))
                .containsExactly(
                        "back_already",
                        "events_2_id_idx",
                        "events_2_id_idx_events_2c",
                        "events_2a_id_idx",
                        "events_2b_id_idx",
                        "events_id");
    }

    @Test
    void indexThatAPartitionRestsOnStays() {
        String database = events();
        shop.execute(
                database,
                "CREATE UNIQUE INDEX events_key ON events (id, kind, at)",
                "ALTER TABLE events_1 ALTER id SET NOT NULL, ALTER kind SET NOT NULL, ALTER at SET NOT NULL",
                "ALTER TABLE events_1 REPLICA IDENTITY USING INDEX events_1_id_kind_at_idx");
        RemedyOutcome outcome =
                shop.runOne(
                        new DropIndex(database, name("events_key"), "", DropIndex.Reason.UNUSED));
        assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
        assertThat(outcome.reason()).contains("rests on its part events_1_id_kind_at_idx");
    }

    @Test
    void dropThatNeedsMoreLocksThanTheServerHasRoomForIsRefused() {
        try (Workshop small =
                Workshop.open(Map.of("max_locks_per_transaction", "10", "max_connections", "12"))) {
            String database = small.database();
            small.execute(
                    database,
                    "CREATE TABLE events (id bigint) PARTITION BY RANGE (id)",
                    "CREATE INDEX events_id ON events (id)");
            for (int part = 0; part < 60; part++) {
                small.execute(
                        database,
                        "CREATE TABLE events_%1$d PARTITION OF events FOR VALUES FROM (%1$d) TO (%2$d)"
                                .formatted(part, part + 1));
            }
            RemedyOutcome outcome =
                    small.runOne(
                            new DropIndex(
                                    database, name("events_id"), "", DropIndex.Reason.UNUSED));
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("122 locks").contains("max_locks_per_trans");
        }
    }

    /** It has no snapshot any more, but the build on its partition would wait for it. */
    @Test
    void oldTransactionThatWroteToAPartitionIsNoticedBeforehand() throws SQLException {
        String database = events();
        try (Connection writer = shop.server().connect(database)) {
            writer.setAutoCommit(false);
            try (Statement statement = writer.createStatement()) {
                statement.execute("INSERT INTO events_2a VALUES (1, 'a', '2024-02-01')");
            }
            RemedyOutcome outcome =
                    Workshop.runOne(
                            shop.runner(
                                    Workshop.quick(),
                                    GuardLimits.defaults().withOldestTransaction(Duration.ZERO),
                                    Policy.applyAll()),
                            index(database, "events", "events_id", "(id)"),
                            RunListener.SILENT);
            assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("old-snapshot");
            writer.rollback();
        }
    }

    /** Each partition is locked, and let go only after the drop has waited for it a while. */
    @Test
    void partitionsThatAreLockedOneAfterAnotherDoNotCloseTheTableForLong() throws Exception {
        String database = shop.database();
        shop.execute(
                database,
                "CREATE TABLE events (id bigint) PARTITION BY HASH (id)",
                "CREATE TABLE events_0 PARTITION OF events FOR VALUES WITH (MODULUS 4, REMAINDER 0)",
                "CREATE TABLE events_1 PARTITION OF events FOR VALUES WITH (MODULUS 4, REMAINDER 1)",
                "CREATE TABLE events_2 PARTITION OF events FOR VALUES WITH (MODULUS 4, REMAINDER 2)",
                "CREATE TABLE events_3 PARTITION OF events FOR VALUES WITH (MODULUS 4, REMAINDER 3)",
                "CREATE INDEX events_id ON events (id)");
        CompletableFuture<Void> released = new CompletableFuture<>();
        try (Connection first =
                        shop.transaction(database, "LOCK TABLE ONLY events_0 IN SHARE MODE");
                Connection second =
                        shop.transaction(database, "LOCK TABLE ONLY events_1 IN SHARE MODE");
                Connection third =
                        shop.transaction(database, "LOCK TABLE ONLY events_2 IN SHARE MODE");
                Connection fourth =
                        shop.transaction(database, "LOCK TABLE ONLY events_3 IN SHARE MODE")) {
            List<Connection> holders = List.of(first, second, third, fourth);
            Thread.ofVirtual().start(() -> releaseOneByOne(database, holders, released));
            RemedyRunner runner =
                    shop.runner(
                            Workshop.quick()
                                    .withLockAttempts(
                                            Duration.ofMillis(600), 8, Duration.ofMillis(50)),
                            GuardLimits.defaults(),
                            Policy.applyAll());
            RemedyOutcome outcome =
                    runner.run(
                                    Workshop.plan(
                                            new DropIndex(
                                                    database,
                                                    name("events_id"),
                                                    "",
                                                    DropIndex.Reason.UNUSED)),
                                    Approval.NOBODY,
                                    RunListener.SILENT)
                            .outcomes()
                            .getLast();
            assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
            released.get(10, TimeUnit.SECONDS);
            List<JournalStatement> attempts = shop.entry(outcome).statements();
            assertThat(attempts.getFirst().outcome()).isEqualTo(JournalStatement.Outcome.FAILED);
            assertThat(attempts)
                    .extracting(attempt -> attempt.waited().plus(attempt.held()))
                    .allMatch(closed -> closed.compareTo(Duration.ofMillis(1600)) < 0);
        }
        assertThat(shop.indexes(database, "events")).isEmpty();
    }

    private static void releaseOneByOne(
            String database, List<Connection> holders, CompletableFuture<Void> released) {
        try {
            for (int number = 0; number < holders.size(); number++) {
                String waiting =
                        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'events_%d'::regclass"
                                .formatted(number);
                await().pollInterval(Duration.ofMillis(20))
                        .until(() -> shop.text(database, waiting).equals("1"));
                await().pollDelay(Duration.ofMillis(350)).until(() -> true);
                holders.get(number).rollback();
            }
            released.complete(null);
        } catch (SQLException | RuntimeException failure) {
            released.completeExceptionally(failure);
        }
    }

    @Test
    void partitionedIndexIsRebuilt() {
        String database = events();
        shop.runOne(index(database, "events", "events_id", "(id)"));
        RemedyOutcome outcome = shop.runOne(new Reindex(database, name("events_id"), Cost.NOTHING));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "events")).containsExactlyElementsOf(ALL);
    }

    @Test
    void longNamesStayApart() {
        String index = "an_index_with_a_name_that_is_nearly_as_long_as_the_server_allows";
        var one = IndexNames.ofPartition(index, name("events_2024_01"));
        var two = IndexNames.ofPartition(index, name("events_2024_02"));
        assertThat(one.name()).hasSize(63).isNotEqualTo(two.name());
        assertThat(
                        IndexNames.ofPartition("größe".repeat(20), name("p"))
                                .name()
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(63);
    }
}
