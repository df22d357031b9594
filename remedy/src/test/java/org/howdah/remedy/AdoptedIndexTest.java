package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;
import static org.howdah.remedy.Workshop.runOne;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions that have already what a new partitioned index would build on them. */
@ParameterizedClass
@ValueSource(ints = {14, 18})
class AdoptedIndexTest {
    @Parameter int major;

    private static final String TREE =
            "SELECT string_agg(relid::regclass::text, ' ' ORDER BY relid::regclass::text) FROM pg_partition_tree('events_kind')";

    private static Workshop shop;

    @BeforeParameterizedClassInvocation
    static void open(int major) {
        shop = Workshop.open(major);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shop.close();
    }

    private static String events(String... more) {
        String database = shop.database();
        shop.execute(
                database,
                "CREATE TABLE events (id bigint, kind text, at int) PARTITION BY RANGE (at)",
                // Its columns stand in another order.
                "CREATE TABLE events_1 (at int, kind text, id bigint)",
                "ALTER TABLE events ATTACH PARTITION events_1 FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20) PARTITION BY LIST (kind)",
                "CREATE TABLE events_2a PARTITION OF events_2 FOR VALUES IN ('a')",
                "CREATE TABLE events_2b PARTITION OF events_2 DEFAULT",
                "INSERT INTO events SELECT g, chr(97 + g % 3), g % 20 FROM generate_series(1, 3000) g",
                "ANALYZE events");
        shop.execute(database, more);
        return database;
    }

    private static CreateIndex kind(String database, Proof... proofs) {
        return index(
                database,
                "events",
                "events_kind",
                "USING btree (kind, ((id + 1)) DESC) INCLUDE (at) WHERE id > 5",
                proofs);
    }

    private static final String EQUAL =
            "CREATE INDEX mine ON events_1 (kind, (id + 1) DESC) INCLUDE (at) WHERE id > 5";
    private static final String EQUAL_BELOW =
            "CREATE INDEX \"Mine below\" ON events_2a (kind, (id + 1) DESC) INCLUDE (at) WHERE id > 5";

    private static String oid(String database, String index) {
        return shop.text(database, "SELECT to_regclass('%s')::oid".formatted(index));
    }

    @Test
    void isAttachedAndComesBackWithTheUndo() {
        String database = events(EQUAL, EQUAL_BELOW);
        String mine = oid(database, "mine");
        RemedyOutcome outcome = shop.runOne(kind(database));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(outcome.reason()).contains("were there already and are part of it now");
        assertThat(shop.indexes(database, "events"))
                .containsExactlyInAnyOrder(
                        "Mine below",
                        "events_kind",
                        "events_kind_events_2",
                        "events_kind_events_2_events_2b",
                        "mine");
        assertThat(shop.text(database, TREE)).contains("mine").contains("\"Mine below\"");
        assertThat(oid(database, "mine")).isEqualTo(mine);
        assertThat(shop.entry(outcome).statements().getLast().lockMode())
                .isEqualTo(LockMode.ACCESS_EXCLUSIVE);

        UndoOutcome undo =
                shop.runner().undo(outcome.journalId().orElseThrow(), "test", RunListener.SILENT);
        assertThat(undo.state()).as(undo.reason()).isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "events"))
                .containsExactlyInAnyOrder("Mine below", "mine");
        assertThat(shop.text(database, "SELECT pg_get_indexdef('mine'::regclass)"))
                .contains(
                        "mine ON public.events_1 USING btree (kind, ((id + 1)) DESC) INCLUDE (at) WHERE (id > 5)");
    }

    @Test
    void whatOnlyLooksLikeItStaysBesideTheNewOne() {
        List<String> others =
                List.of(
                        "CREATE INDEX o1 ON events_1 (kind, (id + 1)) INCLUDE (at) WHERE id > 5",
                        "CREATE INDEX o2 ON events_1 (kind, (id + 1) DESC) INCLUDE (at) WHERE id > 6",
                        "CREATE INDEX o3 ON events_1 (kind, (id + 1) DESC) WHERE id > 5",
                        "CREATE INDEX o4 ON events_1 (kind, (id + 2) DESC) INCLUDE (at) WHERE id > 5",
                        "CREATE INDEX o5 ON events_1 (kind text_pattern_ops, (id + 1) DESC) INCLUDE (at) WHERE id > 5",
                        "CREATE INDEX o6 ON events_1 (kind COLLATE \"C\", (id + 1) DESC) INCLUDE (at) WHERE id > 5",
                        "CREATE UNIQUE INDEX o7 ON events_1 (kind, (id + 1) DESC) INCLUDE (at) WHERE id > 5",
                        "CREATE INDEX o8 ON events_1 (kind, (id + 1) DESC) INCLUDE (id) WHERE id > 5",
                        "CREATE INDEX o9 ON events_1 (kind, (id + 1) DESC, at) WHERE id > 5");
        String database = events(others.toArray(String[]::new));
        RemedyOutcome outcome = shop.runOne(kind(database));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(outcome.reason()).isEmpty();
        assertThat(shop.text(database, TREE)).contains("events_kind_events_1 ");
        assertThat(shop.indexes(database, "events")).hasSize(others.size() + 5);
    }

    @Test
    void isNotTouchedWhereNoPlanUsesTheNewOne() {
        String database = events(EQUAL);
        String mine = oid(database, "mine");
        Proof proof = new Proof(1, "SELECT * FROM events", List.of(), List.of(), 90);
        RemedyOutcome outcome = shop.runOne(kind(database, proof));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.NOT_PROVEN);
        assertThat(shop.indexes(database, "events")).containsExactly("mine");
        assertThat(oid(database, "mine")).isEqualTo(mine);
    }

    @Test
    void isNotTouchedWhereItsLockIsNeverFree() throws SQLException {
        String database = events(EQUAL, EQUAL_BELOW);
        String mine = oid(database, "mine");
        RemedyRunner impatient =
                shop.runner(
                        Workshop.quick().withTransactionWait(Duration.ofMillis(300)),
                        Workshop.OLD_TRANSACTIONS_ALLOWED,
                        Policy.applyAll());
        try (Connection reader = shop.transaction(database)) {
            RemedyOutcome outcome =
                    runOne(
                            impatient,
                            kind(database),
                            new RunListener() {
                                @Override
                                public void statement(String sql) {
                                    if (sql.contains("ATTACH PARTITION \"public\".\"mine\"")
                                            || sql.contains("ATTACH PARTITION public.mine")) {
                                        execute(reader, "SELECT FROM events_2a WHERE kind = 'a'");
                                    }
                                }
                            });
            assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.REFUSED);
            assertThat(outcome.reason()).contains("the lock was not free");
            reader.rollback();
        }
        shop.runner().recover(RunListener.SILENT);
        assertThat(shop.indexes(database, "events"))
                .containsExactlyInAnyOrder("Mine below", "mine");
        assertThat(oid(database, "mine")).isEqualTo(mine);
    }

    private static void execute(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void staysWhereTheRunnerIsKilledJustAfter() {
        String database = events(EQUAL);
        long entry = shop.runOne(kind(database)).journalId().orElseThrow();
        shop.killed(entry);
        assertThat(shop.runner().recover(RunListener.SILENT)).isEmpty();
        assertThat(shop.indexes(database, "events")).hasSize(5).contains("mine", "events_kind");
        assertThat(shop.journal().get(entry).state()).isEqualTo(RemedyState.DONE);
        assertThat(shop.runner().undo(entry, "test", RunListener.SILENT).state())
                .isEqualTo(RemedyState.DONE);
        assertThat(shop.indexes(database, "events")).containsExactly("mine");
    }

    @Test
    void whatOthersRestOnIsLeftAlone() {
        String database =
                events(
                        "ALTER TABLE events_1 ALTER id SET NOT NULL",
                        "CREATE UNIQUE INDEX identity ON events_1 (id)",
                        "ALTER TABLE events_1 REPLICA IDENTITY USING INDEX identity",
                        "ALTER TABLE events_2a ADD CONSTRAINT own UNIQUE (id)");
        RemedyOutcome outcome =
                shop.runOne(
                        new CreateIndex(
                                database,
                                TableTree.plain(name("events")),
                                name("events_kind"),
                                false,
                                "(id)",
                                List.of(),
                                Cost.NOTHING));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
        assertThat(outcome.reason()).isEmpty();
        assertThat(shop.text(database, TREE)).doesNotContain("identity").doesNotContain("own");
    }
}
