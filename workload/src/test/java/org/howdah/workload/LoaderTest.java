package org.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.howdah.embedded.TestServer;
import org.howdah.report.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoaderTest {
    private static final Population POPULATION = Fixture.population();
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ConnectionSource load(
            String database, Names names, int connections, Loader.Statistics statistics) {
        ConnectionSource source = Fixture.source(server, server.createDatabase(database));
        new Loader(source, names, POPULATION, connections).load(statistics, Progress.none());
        return source;
    }

    @Test
    void everyTableHasItsRowsAndKeys() {
        Names names = Names.original();
        ConnectionSource source = load("counts", names, 2, Loader.Statistics.FRESH);
        for (Table table : Schema.tables()) {
            String name = names.resolve("{" + table.name() + "}");
            assertThat(Fixture.number(source, "SELECT count(*) FROM " + name))
                    .as(name)
                    .isEqualTo(POPULATION.rows(table.name()));
            assertThat(
                            Fixture.number(
                                    source,
                                    "SELECT nextval(pg_get_serial_sequence('%s', 'id'))"
                                            .formatted(name)))
                    .isEqualTo(POPULATION.rows(table.name()) + 1);
        }
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT count(*) FROM pg_constraint WHERE contype = 'p' AND connamespace = 'mcp'::regnamespace"))
                .isEqualTo(Schema.tables().size());
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"))
                .isEqualTo(6);
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'mcp'::regnamespace AND NOT i.indisprimary"))
                .as("indexes beside the keys")
                .isZero();
    }

    @Test
    void rowsDependOnTheSeedAndNotOnTheConnections() {
        ConnectionSource one = load("alone", Names.original(), 1, Loader.Statistics.FRESH);
        ConnectionSource three = load("together", Names.original(), 3, Loader.Statistics.FRESH);
        for (Table table : Schema.tables()) {
            String digest =
                    "SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM mcp.%s t"
                            .formatted(table.name());
            assertThat(Fixture.one(one, digest))
                    .as(table.name())
                    .isEqualTo(Fixture.one(three, digest));
        }
        ConnectionSource other = Fixture.source(server, server.createDatabase("other_seed"));
        Population reseeded = new Population(Fixture.SCALE, 8, POPULATION.anchor());
        new Loader(other, Names.original(), reseeded, 2)
                .load(Loader.Statistics.FRESH, Progress.none());
        String emails = "SELECT md5(string_agg(email, '|' ORDER BY id)) FROM mcp.users";
        assertThat(Fixture.one(other, emails)).isNotEqualTo(Fixture.one(one, emails));
    }

    @Test
    void valuesOfOtherTablesCanBeToldFromTheirNumber() {
        ConnectionSource source = load("derived", Names.original(), 2, Loader.Statistics.FRESH);
        People people = new People(POPULATION);
        assertThat(Fixture.one(source, "SELECT email FROM mcp.users WHERE id = 17"))
                .isEqualTo(people.email(17));
        assertThat(Fixture.one(source, "SELECT username FROM mcp.users WHERE id = 17"))
                .isEqualTo(people.username(17));
        assertThat(Fixture.one(source, "SELECT token FROM mcp.sessions WHERE id = 17"))
                .isEqualTo(people.token(17));
        assertThat(Fixture.one(source, "SELECT key_hash FROM mcp.api_keys WHERE id = 17"))
                .isEqualTo(people.keyHash(17));
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT count(*) FROM mcp.security_events WHERE user_id = 17 AND source_ip NOT IN ('%s', '%s', '%s')"
                                        .formatted(
                                                People.dotted(people.address(17, 0)),
                                                People.dotted(people.address(17, 1)),
                                                People.dotted(people.address(17, 2)))))
                .isZero();
    }

    @Test
    void dataIsSkewedRecentAndInTheOrderOfItsTime() {
        ConnectionSource source = load("shape", Names.original(), 2, Loader.Statistics.FRESH);
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT max(n) / greatest(1, avg(n))::int FROM (SELECT count(*) AS n FROM mcp.security_events WHERE user_id IS NOT NULL GROUP BY user_id) x"))
                .as("the busiest user against the average")
                .isGreaterThan(4);
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT 1000 * count(*) FILTER (WHERE severity = 'critical') / count(*) FROM mcp.security_events"))
                .as("critical events per thousand")
                .isBetween(2L, 20L);
        assertThat(
                        Fixture.one(
                                source,
                                "SELECT max(created_at) <= now() AND min(created_at) > now() - interval '181 days' FROM mcp.security_events"))
                .isEqualTo("t");
        assertThat(
                        Fixture.one(
                                source,
                                "SELECT correlation > 0.95 FROM pg_stats WHERE tablename = 'security_events' AND attname = 'created_at'"))
                .isEqualTo("t");
        assertThat(
                        Fixture.one(
                                source,
                                "SELECT bool_and(CASE severity WHEN 'critical' THEN cvss_score BETWEEN 9 AND 10 WHEN 'high' THEN cvss_score BETWEEN 7 AND 8.9 WHEN 'medium' THEN cvss_score BETWEEN 4 AND 6.9 WHEN 'low' THEN cvss_score BETWEEN 0.1 AND 3.9 ELSE cvss_score IS NULL END) FROM mcp.vulnerabilities"))
                .isEqualTo("t");
    }

    @Test
    void staleStatisticsKnowOneRowInAHundred() {
        ConnectionSource source = load("stale", Names.original(), 2, Loader.Statistics.STALE);
        assertThat(
                        Fixture.one(
                                source,
                                "SELECT (histogram_bounds::text::timestamptz[])[array_length(histogram_bounds::text::timestamptz[], 1)] < now() - interval '170 days' FROM pg_stats WHERE tablename = 'security_events' AND attname = 'created_at'"))
                .isEqualTo("t");
        assertThat(
                        Fixture.column(
                                source,
                                "SELECT DISTINCT tablename FROM pg_stats WHERE schemaname = 'mcp'"))
                .containsExactlyInAnyOrder("security_events", "audit_logs");
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT count(*) FROM pg_class WHERE reloptions @> '{autovacuum_enabled=false}'"))
                .isEqualTo(Schema.tables().size());
    }

    @Test
    void renamingChangesEveryNameAndNoRow() {
        Names names = Names.renamed(42);
        ConnectionSource source = load("renamed", names, 2, Loader.Statistics.FRESH);
        for (Table table : Schema.tables()) {
            assertThat(
                            Fixture.number(
                                    source,
                                    names.resolve("SELECT count(*) FROM {" + table.name() + "}")))
                    .isEqualTo(POPULATION.rows(table.name()));
        }
        List<String> left =
                Fixture.column(
                        source,
                        """
                        SELECT name FROM (
                            SELECT relname::text AS name, relnamespace AS space FROM pg_class
                            UNION ALL
                            SELECT attname::text, relnamespace FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid WHERE attnum > 0
                            UNION ALL
                            SELECT conname::text, connamespace FROM pg_constraint) AS names
                        JOIN pg_namespace n ON n.oid = space
                        WHERE n.nspname = '%s' AND name ~ '(user|event|scan|vulner|audit|session|key|token|email|created|^id$|severity)'
                        """
                                .formatted(names.schema()));
        assertThat(left).isEmpty();
        assertThat(Names.renamed(42).resolve("{users.email}"))
                .isEqualTo(names.resolve("{users.email}"));
        assertThat(Names.renamed(43).resolve("{users.email}"))
                .isNotEqualTo(names.resolve("{users.email}"));
    }

    @Test
    void anExistingSchemaIsLeftAlone() {
        ConnectionSource source = load("twice", Names.original(), 2, Loader.Statistics.FRESH);
        Loader again = new Loader(source, Names.original(), POPULATION, 2);
        assertThatThrownBy(() -> again.load(Loader.Statistics.FRESH, Progress.none()))
                .isInstanceOfSatisfying(
                        WorkloadException.class,
                        failure -> {
                            assertThat(failure).hasMessageContaining("\"mcp\" already exists");
                            assertThat(failure.hint()).contains("Drop that schema");
                        });
        assertThat(Fixture.number(source, "SELECT count(*) FROM mcp.users")).isPositive();
        again.drop();
        again.load(Loader.Statistics.FRESH, Progress.none());
        assertThat(Fixture.number(source, "SELECT count(*) FROM mcp.users")).isPositive();
    }

    @Test
    void whatNoLoaderHasMadeIsNeitherDroppedNorSpoilt() {
        ConnectionSource source = Fixture.source(server, server.createDatabase("theirs"));
        server.executeIn("theirs", "CREATE SCHEMA mcp CREATE TABLE users (id int)");
        Loader loader = new Loader(source, Names.original(), POPULATION, 1);
        assertThatThrownBy(loader::drop)
                .isInstanceOf(WorkloadException.class)
                .hasMessageContaining("mcp was not made by a loader");
        assertThatThrownBy(() ->
                        Faults.apply(Faults.usual(), source, Names.original(), Progress.none()))
                .isInstanceOf(WorkloadException.class);
        assertThatThrownBy(() ->
                        Faults.apply(
                                Faults.usual(),
                                Fixture.source(server, server.createDatabase("empty")),
                                Names.original(),
                                Progress.none()))
                .isInstanceOf(WorkloadException.class);
        assertThat(Fixture.number(source, "SELECT count(*) FROM mcp.users")).isZero();
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT count(*) FROM pg_file_settings WHERE sourcefile LIKE '%auto.conf'"))
                .isZero();
    }
}
