package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A lock that is held for ever costs the facts of one table, not those of all. */
class LockedTableTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute(
                """
                CREATE TABLE held (id serial PRIMARY KEY, note text);
                CREATE INDEX held_lower ON held (lower(note)) WHERE id > 5;
                CREATE TABLE free (LIKE held INCLUDING ALL);
                CREATE TABLE log (id int, at date) PARTITION BY RANGE (at);
                CREATE TABLE log_01 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
                INSERT INTO held (note) SELECT repeat('x', 50) FROM generate_series(1, 1000);
                INSERT INTO free (id, note) SELECT id, note FROM held;
                """);
        server.execute("VACUUM ANALYZE");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void facts_are_read_although_tables_are_locked() throws SQLException {
        DatabaseFacts before = read();
        try (Connection holder = server.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE held, log_01 IN ACCESS EXCLUSIVE MODE");
            statement.execute("ALTER SEQUENCE held_id_seq RESTART");
            Instant begun = Instant.now();
            DatabaseFacts facts = read();
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(relation(facts, "held").locked()).isTrue();
            assertThat(relation(facts, "held").heapBytes())
                    .isEqualTo(relation(before, "held").heapBytes());
            assertThat(relation(facts, "log_01").bound()).isEmpty();
            assertThat(relation(facts, "free").locked()).isFalse();
            assertThat(facts.indexes().orNone())
                    .filteredOn(index -> index.tableName().equals("held"))
                    .hasSize(2)
                    .allMatch(index -> index.locked() && index.definition().isEmpty());
            assertThat(facts.indexes().orNone())
                    .filteredOn(index -> index.tableName().equals("free"))
                    .allMatch(index -> index.definition().isPresent());
            assertThat(facts.sequences().isKnown()).isTrue();
            assertThat(facts.exclusiveLocks().orNone())
                    .filteredOn(lock -> lock.name().equals("held"))
                    .singleElement()
                    .satisfies(lock -> {
                        assertThat(lock.held()).isTrue();
                        assertThat(lock.query().orElseThrow()).startsWith("ALTER SEQUENCE");
                        assertThat(lock.transactionAge()).isPresent();
                    });
            holder.rollback();
        }
        assertThat(relation(read(), "held").locked()).isFalse();
    }

    @Test
    void tables_that_come_and_go_meanwhile_do_no_harm() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Thread churn =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!enough.get()) {
                                server.execute(
                                        """
                                        CREATE TABLE passing (id int PRIMARY KEY, note text);
                                        CREATE INDEX ON passing (lower(note));
                                        DROP TABLE passing;
                                        """);
                            }
                        });
        try {
            for (int i = 0; i < 20; i++) {
                DatabaseFacts facts = read();
                assertThat(facts.relations().isKnown()).isTrue();
                assertThat(facts.indexes().isKnown()).isTrue();
            }
        } finally {
            enough.set(true);
            churn.join();
        }
    }

    private static DatabaseFacts read() {
        try (Session session =
                Session.open(
                        Dsn.of("127.0.0.1", server.port(), "postgres", "postgres"),
                        SessionOptions.reading("test"))) {
            return DatabaseFacts.read(session);
        }
    }

    private static RelationFact relation(DatabaseFacts facts, String name) {
        return facts.relations().orNone().stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
