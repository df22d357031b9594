package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordMapperTest {
    private static TestServer server;
    private static Session session;

    @BeforeAll
    static void start() {
        server = TestServer.start();
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

    enum State {
        IN_FLIGHT
    }

    record Everything(
            String oneText,
            long big,
            int small,
            double ratio,
            boolean flag,
            Instant at,
            Duration age,
            Lsn position,
            State state,
            List<String> names,
            List<Long> oids,
            Optional<String> noText,
            OptionalLong noNumber,
            OptionalDouble someNumber) {}

    private static final String EVERYTHING =
            """
            SELECT 'x' AS one_text, 9000000000 AS big, 7 AS small, 0.5::float8 AS ratio, true AS flag,
                   timestamptz '2026-01-02 03:04:05+00' AS at, 1.5::float8 AS age,
                   '1/A'::pg_catalog.pg_lsn AS position, 'in flight' AS state,
                   ARRAY['a', 'b'] AS names, ARRAY[1, 2]::int8[] AS oids,
                   NULL::text AS no_text, NULL::int8 AS no_number, 2.5::float8 AS some_number
            """;

    @Test
    void fillsEveryKindOfComponent() {
        Everything row = session.query(Query.of(Everything.class, EVERYTHING)).getFirst();
        assertThat(row)
                .isEqualTo(
                        new Everything(
                                "x",
                                9_000_000_000L,
                                7,
                                0.5,
                                true,
                                Instant.parse("2026-01-02T03:04:05Z"),
                                Duration.ofMillis(1500),
                                Lsn.parse("1/A"),
                                State.IN_FLIGHT,
                                List.of("a", "b"),
                                List.of(1L, 2L),
                                Optional.empty(),
                                OptionalLong.empty(),
                                OptionalDouble.of(2.5)));
    }

    record Whole(long number) {}

    @Test
    void refusesANullWhereNoneMayBe() {
        Query<Whole> query = Query.of(Whole.class, "SELECT NULL::int8 AS number");
        assertThatThrownBy(() -> session.query(query)).hasMessageContaining("number is null");
    }

    @Test
    void takesTheTextOfTheServersVersion() {
        Query<Whole> query =
                Query.of(Whole.class, "SELECT 14 AS number")
                        .from(16, "SELECT 16 AS number")
                        .from(19, "SELECT 19 AS number");
        assertThat(session.query(query)).containsExactly(new Whole(16));
        assertThat(query.text(new ServerVersion(150_004))).contains("14");
    }
}
