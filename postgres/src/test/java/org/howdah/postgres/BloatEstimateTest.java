package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The estimate against what a rewrite of the same table or index really gives. */
class BloatEstimateTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute(
                """
                CREATE TABLE mixed (id bigint, flag boolean, at timestamptz, note text, amount numeric, n smallint)
                    WITH (autovacuum_enabled = false);
                INSERT INTO mixed SELECT i, i % 2 = 0, now(), repeat('x', i % 60), i / 7.0, i % 10
                  FROM generate_series(1, 320000) i;
                CREATE INDEX mixed_id ON mixed (id);
                CREATE INDEX mixed_n ON mixed (n);
                CREATE INDEX mixed_note ON mixed (note, id);
                DELETE FROM mixed WHERE id % 2 = 0;
                """);
        server.execute("VACUUM ANALYZE mixed");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void heap_estimate_is_within_its_error_of_what_a_rewrite_gives() {
        DatabaseFacts facts = facts();
        RelationFact relation = facts.relations().orNone().getFirst();
        Bloat bloat =
                BloatEstimate.ofHeap(relation, facts.rowWidths().orNone().getFirst()).orElseThrow();
        long rewritten = sizeOfCopy("CREATE TABLE copy AS SELECT * FROM mixed", "copy");
        assertThat(relation.heapBytes() - rewritten)
                .isBetween(bloat.bytes() - bloat.errorBytes(), bloat.bytes() + bloat.errorBytes());
        assertThat(bloat.shareOf(relation.heapBytes())).isBetween(0.45, 0.55);
        assertThat(bloat.errorBytes()).isLessThan(relation.heapBytes() / 8);
    }

    @Test
    void index_estimates_are_within_their_error_of_what_a_rebuild_gives() {
        for (String index : new String[] {"mixed_id", "mixed_n", "mixed_note"}) {
            DatabaseFacts facts = facts();
            Bloat bloat = indexBloat(facts, index).orElseThrow();
            long before = index(facts, index).bytes();
            long rebuilt = sizeOfCopy("REINDEX INDEX " + index, index);
            assertThat(before - rebuilt)
                    .as(index + " " + before + " " + rebuilt + " " + bloat)
                    .isBetween(
                            bloat.bytes() - bloat.errorBytes(), bloat.bytes() + bloat.errorBytes());
            assertThat(indexBloat(facts(), index).orElseThrow().shareOf(rebuilt))
                    .as(index)
                    .isLessThan(0.25);
        }
    }

    private static Optional<Bloat> indexBloat(DatabaseFacts facts, String name) {
        IndexFact index = index(facts, name);
        KeyWidthFact width =
                facts.keyWidths().orNone().stream()
                        .filter(found -> found.index() == index.oid())
                        .findFirst()
                        .orElseThrow();
        RelationFact table = Objects.requireNonNull(facts.relationsByOid().get(index.table()));
        return BloatEstimate.ofIndex(index, table, width);
    }

    private static IndexFact index(DatabaseFacts facts, String name) {
        return facts.indexes().orNone().stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static DatabaseFacts facts() {
        try (Session session =
                Session.open(
                        Dsn.of("127.0.0.1", server.port(), "postgres", "postgres"),
                        SessionOptions.reading("test"))) {
            return DatabaseFacts.read(session);
        }
    }

    private static long sizeOfCopy(String statement, String relation) {
        server.execute(statement);
        try (Connection connection = server.connect();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT pg_relation_size('" + relation + "')")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
