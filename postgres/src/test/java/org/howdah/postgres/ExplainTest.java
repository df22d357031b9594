package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExplainTest {
    private static final List<String> PATH = List.of("Depot");
    private static TestServer server;
    private static Session session;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute(
                """
                CREATE SCHEMA "Depot";
                CREATE TABLE "Depot".crate (id int PRIMARY KEY, state text, weight numeric);
                INSERT INTO "Depot".crate
                SELECT n, CASE WHEN n % 1000 = 0 THEN 'lost' ELSE 'here' END, n
                  FROM generate_series(1, 20000) n;
                CREATE INDEX crate_lost ON "Depot".crate (id) WHERE state = 'lost';
                ANALYZE "Depot".crate;
                """);
        session =
                Session.open(
                        Dsn.of("127.0.0.1", server.port(), "postgres", "postgres"),
                        SessionOptions.reading("test"));
    }

    @AfterAll
    static void stop() {
        session.close();
        server.close();
    }

    @Test
    void plansWithTheValuesGiven() {
        String sql = "SELECT count(*) FROM crate WHERE state = $1";
        try (Explain explain = Explain.prepare(session, sql, PATH)) {
            assertThat(explain.parameterTypes()).containsExactly("text");
            Plan rare = explain.plan(List.of("'lost'"));
            Plan frequent = explain.plan(List.of("'here'"));
            QualifiedName index = new QualifiedName("Depot", "crate_lost");
            assertThat(rare.usesIndex(index)).isTrue();
            assertThat(frequent.usesIndex(index)).isFalse();
            assertThat(rare.cost()).isLessThan(frequent.cost());
            assertThat(frequent.tableReads())
                    .singleElement()
                    .satisfies(node -> {
                        assertThat(node.access()).isEqualTo(PlanNode.Access.SEQUENTIAL);
                        assertThat(node.relation()).contains(new QualifiedName("Depot", "crate"));
                        assertThat(node.detail("Filter").orElse("")).contains("state");
                    });
        }
    }

    @Test
    void knowsTheIndexOfABitmapScan() {
        String sql = "SELECT weight FROM crate WHERE id BETWEEN 100 AND 400 OR id = 7000";
        try (Explain explain = Explain.prepare(session, sql, PATH)) {
            Plan plan = explain.plan(List.of());
            assertThat(plan.indexes()).containsExactly(new QualifiedName("Depot", "crate_pkey"));
            assertThat(plan.tableReads()).hasSize(1);
        }
    }

    @Test
    void explainsAtOnceWhatHasNoParameters() {
        Plan plan = Explain.once(session, "SELECT FROM \"Depot\".crate WHERE id < 1001");
        assertThat(plan.root().rows()).isBetween(900.0, 1100.0);
    }

    @Test
    void doesNotExecuteWrites() {
        String sql = "DELETE FROM crate WHERE id = ANY($1)";
        try (Explain explain = Explain.prepare(session, sql, PATH)) {
            assertThat(explain.parameterTypes()).containsExactly("integer[]");
            assertThat(explain.plan(List.of("'{1,2,3}'")).root().type()).isEqualTo("ModifyTable");
        }
        assertThat(text("SELECT count(*) FROM \"Depot\".crate")).isEqualTo("20000");
    }

    @Test
    void refusesMoreThanOneStatement() {
        assertThatThrownBy(() ->
                        Explain.prepare(session, "SELECT 1; DROP TABLE crate", List.of("Depot")))
                .isInstanceOf(HowdahException.class)
                .hasMessageContaining("not 2");
    }

    @Test
    void leavesTheSessionAsItWas() {
        String before = text("SHOW search_path");
        assertThatThrownBy(() -> Explain.prepare(session, "SELECT nowhere FROM crate", PATH))
                .isInstanceOf(StatementException.class)
                .hasMessageContaining("nowhere");
        Explain.prepare(session, "SELECT 'a;b', '?' FROM crate", PATH).close();
        assertThat(text("SHOW search_path")).isEqualTo(before);
        assertThat(text("SHOW plan_cache_mode")).isEqualTo("auto");
    }

    private static String text(String sql) {
        return session.one(sql, row -> row.getString(1));
    }
}
