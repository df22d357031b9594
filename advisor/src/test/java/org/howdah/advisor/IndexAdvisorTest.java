package org.howdah.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.howdah.embedded.TestServer;
import org.howdah.remedy.Finding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each kind of statement that a platform asks, on tables without any index but their keys. */
class IndexAdvisorTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Bench bench(String database, long seed) throws SQLException {
        Bench bench = new Bench(server, database, seed);
        bench.define(
                """
                CREATE SCHEMA {space};
                CREATE TABLE {space}.{person} (
                    {id} bigint PRIMARY KEY, {mail} text NOT NULL, {login} text, {active} boolean NOT NULL,
                    {born} timestamptz NOT NULL);
                CREATE TABLE {space}.{event} (
                    {id} bigint PRIMARY KEY, {person_id} bigint NOT NULL, {kind} text NOT NULL,
                    {level} text NOT NULL, {origin} inet, {at} timestamptz NOT NULL, {extra} jsonb NOT NULL);
                CREATE TABLE {space}.{scan} (
                    {id} bigint PRIMARY KEY, {owner} bigint NOT NULL, {state} text NOT NULL,
                    {kind} text NOT NULL, {begun} timestamptz NOT NULL);
                CREATE TABLE {space}.{flaw} (
                    {id} bigint PRIMARY KEY, {scan_id} bigint NOT NULL, {title} text NOT NULL, {body} text,
                    {level} text NOT NULL, {score} numeric(3,1), {found} timestamptz NOT NULL);
                INSERT INTO {space}.{person}
                SELECT n, 'p' || n || '@Example.org', 'login' || n, n % 20 > 0, now() - n * interval '1 hour'
                  FROM generate_series(1, 20000) n;
                INSERT INTO {space}.{event}
                SELECT n, n * 7919 % 20000 + 1, 'kind' || n % 9,
                       CASE WHEN n % 100 = 0 THEN 'worst' WHEN n % 10 = 0 THEN 'bad' ELSE 'fine' END,
                       ('10.0.' || n % 200 || '.' || n % 250)::inet,
                       now() - (100000 - n) * interval '1 minute',
                       jsonb_build_object('agent', 'a' || n % 5000, 'size', n)
                  FROM generate_series(1, 100000) n;
                INSERT INTO {space}.{scan}
                SELECT n, n * 31 % 20000 + 1,
                       CASE WHEN n % 500 = 0 THEN 'waiting' WHEN n % 501 = 0 THEN 'running' ELSE 'done' END,
                       'type' || n % 4, now() - (40000 - n) * interval '3 minutes'
                  FROM generate_series(1, 40000) n;
                INSERT INTO {space}.{flaw}
                SELECT n, n % 40000 + 1,
                       'flaw in ' || (ARRAY['parser','kernel','driver','daemon'])[n % 4 + 1] || ' number ' || md5((n % 3000)::text),
                       CASE WHEN n % 3 > 0 THEN 'found by ' || md5(n::text) || ' and ' || md5((n % 77)::text) END,
                       CASE WHEN n % 200 = 0 THEN 'worst' WHEN n % 17 = 0 THEN 'bad' ELSE 'mild' END,
                       n % 100 / 10.0, now() - (60000 - n) * interval '2 minutes'
                  FROM generate_series(1, 60000) n;
                """);
        bench.define("VACUUM ANALYZE");
        bench.path("SET search_path = {space}");
        return bench;
    }

    private static final Set<String> EXPECTED =
            Set.of(
                    "person USING btree (mail)",
                    "person USING btree ((lower(login)))",
                    "event USING btree (person_id, at)",
                    "event USING btree (at)",
                    "event USING btree (origin, at)",
                    "event USING gin (extra jsonb_path_ops)",
                    "scan USING btree (owner, begun)",
                    "scan USING btree (state, begun)",
                    "flaw USING btree (scan_id)",
                    "flaw USING gin ((to_tsvector('english', title || ' ' || coalesce(body, ''))))");

    @Test
    void findsTheIndexOfEachStatementAndProvesIt() throws SQLException {
        try (Bench bench = bench("each", 1)) {
            everything(bench);
            List<Finding> findings = bench.advise();
            assertThat(bench.readable(findings)).containsAll(EXPECTED);
            bench.create(findings);
            assertThat(bench.unproven(findings)).isEmpty();
            assertThat(bench.readable(bench.advise())).isEmpty();
        }
    }

    @Test
    void knowsNoNames() throws SQLException {
        try (Bench bench = bench("renamed", 4711)) {
            everything(bench);
            assertThat(bench.readable(bench.advise())).containsAll(EXPECTED);
        }
    }

    @Test
    void hasNothingToSayOfStatementsThatNeedNoIndex() throws SQLException {
        try (Bench bench = bench("quiet", 2)) {
            bench.run("SELECT * FROM {person} WHERE {id} = ?", 5L);
            bench.run("SELECT count(*) FROM {scan}");
            bench.run(
                    "SELECT {kind}, count(*) FROM {scan} WHERE {begun} > now() - interval '900 days' GROUP BY 1");
            bench.run("SELECT {id} FROM {person} WHERE {active}");
            bench.run(
                    "UPDATE {scan} SET {state} = ? WHERE {id} = ANY (?)", "done", new Long[] {3L});
            bench.run(
                    "INSERT INTO {scan} VALUES (?, 1, 'done', 'type1', now()) ON CONFLICT DO NOTHING",
                    5L);
            bench.run("DELETE FROM {person} WHERE {id} = ?", 20000L);
            assertThat(bench.readable(bench.advise())).isEmpty();
        }
    }

    @Test
    void leavesOutAnIndexThatIsWrittenFarMoreThanRead() throws SQLException {
        try (Bench bench = bench("written", 3)) {
            bench.define(
                    """
                    CREATE TABLE {space}.{log} ({id} bigint, {word} text);
                    INSERT INTO {space}.{log} SELECT n, n::text FROM generate_series(1, 5000) n;
                    ANALYZE {space}.{log};
                    SELECT pg_stat_statements_reset();
                    """);
            bench.run("INSERT INTO {log} SELECT n, n::text FROM generate_series(1, 200000) n");
            bench.run("SELECT {id} FROM {log} WHERE {word} = ?", "77");
            assertThat(bench.readable(bench.advise())).isEmpty();
        }
    }

    @Test
    void saysWhatItDoesNotKnowInsteadOfGuessing() throws SQLException {
        try (Bench bench = bench("hidden", 5)) {
            bench.run(
                    "SELECT {id} FROM {flaw} WHERE to_tsvector('english', {title} || ' ' || coalesce({body}, '')) @@ to_tsquery('english', ?)",
                    "parser");
            bench.forget();
            bench.run("SELECT 1");
            List<Finding> findings = bench.advise();
            assertThat(bench.readable(findings)).isEmpty();
            assertThat(findings)
                    .anySatisfy(finding ->
                            assertThat(finding.summary())
                                    .contains("constants that pg_stat_statements hides"));
        }
    }

    @Test
    void seesAnIndexThatIsThereAlready() throws SQLException {
        try (Bench bench = bench("there", 6)) {
            bench.define("CREATE INDEX {known} ON {space}.{person} (lower({login}), {id})");
            bench.define("ANALYZE");
            bench.run("SELECT {id} FROM {person} WHERE lower({login}) = ?", "login78");
            assertThat(bench.readable(bench.advise())).isEmpty();
        }
    }

    @Test
    void indexesEachArmOfADisjunction() throws SQLException {
        try (Bench bench = bench("arms", 7)) {
            bench.run(
                    "SELECT {id} FROM {person} WHERE {mail} = ? OR {login} = ?",
                    "p5@Example.org",
                    "login9");
            List<Finding> findings = bench.advise();
            assertThat(bench.readable(findings))
                    .containsExactly("person USING btree (login)", "person USING btree (mail)");
            bench.create(findings);
            assertThat(bench.unproven(findings)).isEmpty();
        }
    }

    private static void everything(Bench bench) throws SQLException {
        bench.run("SELECT {id} FROM {person} WHERE {mail} = ?", "p77@Example.org");
        bench.run("SELECT {id} FROM {person} WHERE lower({login}) = ?", "login78");
        bench.run(
                "SELECT {id}, {kind}, {origin} FROM {event} WHERE {person_id} = ? ORDER BY {at} DESC LIMIT 10",
                77L);
        bench.run(
                """
                WITH u AS (SELECT p.{id}, p.{login} FROM {person} p WHERE p.{id} = ? AND p.{active} = true),
                     e AS (SELECT count(*) AS total, count(*) FILTER (WHERE {level} = 'worst') AS worst, max({at}) AS latest
                             FROM {event} e WHERE e.{person_id} = ? AND e.{at} > now() - interval '30 days'),
                     s AS (SELECT count(*) AS total FROM {scan} s
                            WHERE s.{owner} = ? AND s.{begun} > now() - interval '30 days')
                SELECT u.*, coalesce(e.total, 0), e.latest, s.total FROM u LEFT JOIN e ON true LEFT JOIN s ON true
                """,
                77L,
                77L,
                77L);
        bench.run(
                """
                SELECT f.{id}, f.{title}, f.{level}, s.{kind}, count(*) OVER () AS total
                  FROM {flaw} f JOIN {scan} s ON f.{scan_id} = s.{id}
                 WHERE (?::text IS NULL OR f.{level} = ?) AND (?::timestamptz IS NULL OR f.{found} >= ?)
                   AND (?::text IS NULL OR s.{kind} = ?)
                 ORDER BY CASE f.{level} WHEN 'worst' THEN 1 WHEN 'bad' THEN 2 ELSE 3 END,
                       f.{score} DESC NULLS LAST, f.{found} DESC
                 LIMIT ? OFFSET ?
                """,
                "worst",
                "worst",
                now().minusDays(3),
                now().minusDays(3),
                null,
                null,
                25,
                0);
        bench.run(
                """
                SELECT date_trunc('day', {at}) AS day, {kind}, {level}, count(*), count(DISTINCT {person_id})
                  FROM {event} WHERE {at} >= ? AND {at} < ? GROUP BY 1, {kind}, {level} ORDER BY day DESC
                """,
                now().minusDays(2),
                now().minusDays(1));
        bench.run(
                """
                SELECT f.{id}, f.{title}, ts_rank(to_tsvector('english', f.{title} || ' ' || coalesce(f.{body}, '')), q) AS rank
                  FROM {flaw} f, to_tsquery('english', ?) q
                 WHERE to_tsvector('english', f.{title} || ' ' || coalesce(f.{body}, '')) @@ q
                 ORDER BY rank DESC, f.{score} DESC NULLS LAST LIMIT 50
                """,
                "c4ca4238a0b923820dcc509a6f75849b");
        bench.run(
                """
                SELECT p.{id}, count(DISTINCT e.{id}), count(DISTINCT s.{id}), max(e.{at})
                  FROM {person} p
                  LEFT JOIN {event} e ON p.{id} = e.{person_id} AND e.{at} > now() - interval '30 days'
                  LEFT JOIN {scan} s ON p.{id} = s.{owner} AND s.{begun} > now() - interval '30 days'
                 WHERE p.{id} = ? GROUP BY p.{id}
                """,
                77L);
        bench.run(
                """
                WITH daily AS (SELECT date_trunc('day', {found}) AS day, {level}, count(*) AS n
                                 FROM {flaw} WHERE {found} >= now() - make_interval(days => ?) GROUP BY 1, 2)
                SELECT day, {level}, n FROM daily ORDER BY day
                """,
                7);
        bench.run(
                "UPDATE {scan} SET {state} = ? WHERE {id} = ANY (?)",
                "done",
                new Long[] {3L, 4L, 5L});
        bench.run(
                """
                DELETE FROM {event} WHERE {id} IN (
                    SELECT {id} FROM {event} WHERE {at} < now() - interval '69 days' ORDER BY {at} LIMIT 20)
                """);
        bench.run("SELECT {id} FROM {scan} WHERE {state} = ? ORDER BY {begun} LIMIT 20", "waiting");
        bench.run(
                "SELECT {id}, {title} FROM {flaw} WHERE {scan_id} = ? ORDER BY {score} DESC NULLS LAST",
                5L);
        bench.run("SELECT {id} FROM {event} WHERE {extra} @> ?::jsonb", "{\"agent\": \"a77\"}");
        bench.run(
                "SELECT {kind}, count(*) FROM {event} WHERE {origin} = ?::inet AND {at} >= ? GROUP BY 1",
                "10.0.7.7",
                now().minusDays(7));
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }
}
