package org.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.howdah.embedded.TestServer;
import org.howdah.report.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
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

    @ParameterizedTest
    @ValueSource(longs = {0, 77})
    void everyStatementRunsWhateverTheTablesAreCalled(long seed) throws SQLException {
        Names names = seed == 0 ? Names.original() : Names.renamed(seed);
        ConnectionSource source = Fixture.source(server, server.createDatabase("names" + seed));
        new Loader(source, names, POPULATION, 2).load(Loader.Statistics.FRESH, Progress.none());
        Workload workload = Workload.mcp();
        Statements statements = new Statements(workload, names);
        Requests requests = new Requests(workload, POPULATION, 1);
        try (Client client = new Client(statements, source, Optional.empty());
                Connection connection = source.open();
                Statement plain = connection.createStatement()) {
            for (int position = 0; position < workload.transactions().size(); position++) {
                // More often than the driver waits before it prepares on the server.
                for (int number = 0; number < 12; number++) {
                    client.execute(requests.probe(position, number));
                }
                for (String sql : statements.literal(requests.probe(position, 0))) {
                    plain.execute("EXPLAIN " + sql);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session touch",
                "api key look-up",
                "recent events of a user",
                "user look-up",
                "login by email",
                "login by username",
                "user dashboard",
                "vulnerability dashboard",
                "scan queue",
                "findings of a scan",
                "full-text search",
                "events from an address",
                "daily aggregation",
                "vulnerability trends"
            })
    void requestsFindRows(String name) throws SQLException {
        ConnectionSource source = loaded();
        Workload workload = Workload.mcp();
        int position =
                workload.transactions().stream().map(Transaction::name).toList().indexOf(name);
        Statements statements = new Statements(workload, Names.original());
        Requests requests = new Requests(workload, POPULATION, 1);
        int found = 0;
        try (Connection connection = source.open();
                Statement plain = connection.createStatement()) {
            for (int number = 0; number < 30; number++) {
                String sql = statements.literal(requests.probe(position, number)).getFirst();
                if (plain.execute(sql)) {
                    try (ResultSet rows = plain.getResultSet()) {
                        found += rows.next() ? 1 : 0;
                    }
                } else {
                    found += plain.getUpdateCount();
                }
            }
        }
        assertThat(found).isPositive();
    }

    private static synchronized ConnectionSource loaded() {
        ConnectionSource source = Fixture.source(server, "postgres");
        if (Fixture.number(source, "SELECT count(*) FROM pg_namespace WHERE nspname = 'mcp'")
                == 0) {
            new Loader(source, Names.original(), POPULATION, 2)
                    .load(Loader.Statistics.FRESH, Progress.none());
        }
        return source;
    }

    @Test
    void severalStatementsAreOneTransaction() throws SQLException {
        server.execute("CREATE TABLE public.pair (n int)");
        Workload workload =
                Fixture.workload(
                        """
                        statements:
                          - name: pair
                            weight: 1
                            kind: write
                            sql:
                              - INSERT INTO public.pair VALUES (:n)
                              - INSERT INTO public.pair VALUES (1 / :n)
                            parameters:
                              n: {number: {0: 1, 1: 1}}
                        """);
        Requests requests = new Requests(workload, POPULATION, 1);
        ConnectionSource source = Fixture.source(server, "postgres");
        int done = 0;
        try (Client client =
                new Client(new Statements(workload, Names.original()), source, Optional.empty())) {
            for (int number = 0; number < 20; number++) {
                try {
                    client.execute(requests.of(0, number));
                    done++;
                } catch (SQLException failure) {
                    assertThat(failure.getSQLState()).isEqualTo("22012");
                }
            }
        }
        assertThat(done).isBetween(1, 19);
        assertThat(Fixture.number(source, "SELECT count(*) FROM public.pair")).isEqualTo(2L * done);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'statements: [{name: a, weight: 1, sql: "SELECT :x"}]'                                          | a uses :x but has no such parameter
                    'statements: [{name: a, weight: 1, sql: "SELECT 1", king: read}]'                               | a has an unknown key king
                    'statements: [{name: a, weight: -1, sql: "SELECT 1"}]'                                          | a needs a weight
                    'statements: [{name: a, weight: 1, kind: reed, sql: "SELECT 1"}]'                               | read, write or report
                    'statements: [{name: a, weight: 1}]'                                                            | a has no sql
                    'statements: [{name: a, weight: 1, sql: "SELECT 1"}, {name: a, weight: 1, sql: "SELECT 1"}]'    | two statements are called a
                    'statements: [{name: a, weight: 1, sql: "SELECT * FROM {usrs}"}]'                               | {usrs}, which is no table
                    'statements: [{name: a, weight: 1, sql: "SELECT {users.mail}"}]'                                | {users.mail}
                    'statements: []'                                                                                | no statement with a weight
                    'statements: [{name: a, weight: 1, sql: "SELECT :x", parameters: {x: {uniform: usrs}}}]'        | usrs is no table
                    'statements: [{name: a, weight: 1, sql: "SELECT :x", parameters: {x: {ago: {soon: 1}}}}]'       | soon is no distance
                    'statements: [{name: a, weight: 1, sql: "SELECT :x", parameters: {x: {number: {many: 1}}}}]'    | many
                    'statements: [{name: a, weight: 1, sql: "SELECT :x", parameters: {x: {value: users.role, of: {busy: users}}}}]' | users.role does not follow
                    'statements: [{name: a'                                                                         | line 1
                    """)
    void aWrongFileIsRefusedWithItsReason(String yaml, String reason) {
        assertThatThrownBy(() -> Fixture.workload(yaml))
                .isInstanceOf(WorkloadException.class)
                .hasMessageContaining("test.yaml")
                .hasMessageContaining(reason);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Workload.read(Path.of("/nowhere/mix.yaml")))
                .isInstanceOf(WorkloadException.class)
                .hasMessageContaining("/nowhere/mix.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SELECT :a, :b, :a           | SELECT ?, ?, ?           | a b a
                    SELECT x::text, ':a', ":b"  | SELECT x::text, ':a', ":b" | ''
                    SELECT 1 -- :a              | SELECT 1 -- :a           | ''
                    SELECT doc ? 'k', :a        | SELECT doc ?? 'k', ?     | a
                    SELECT a[1:2], :a           | SELECT a[1:2], ?         | a
                    """)
    void parametersAreFoundInSql(String text, String sql, String order) {
        Placeholders parsed = Placeholders.parse(text);
        assertThat(parsed.sql()).isEqualTo(sql);
        assertThat(String.join(" ", parsed.order())).isEqualTo(order);
    }

    @Test
    void requestsDependOnSeedClientAndNumberOnly() {
        Workload workload = Workload.mcp();
        Requests first = new Requests(workload, POPULATION, 5);
        Requests second = new Requests(workload, POPULATION, 5);
        List<Request> backwards =
                IntStream.range(0, 500)
                        .mapToObj(number -> second.of(3, 499 - number))
                        .toList()
                        .reversed();
        for (int number = 0; number < 500; number++) {
            assertThat(first.of(3, number)).isEqualTo(backwards.get(number));
        }
        assertThat(first.of(4, 0)).isNotEqualTo(first.of(3, 0));
        assertThat(new Requests(workload, POPULATION, 6).of(3, 0)).isNotEqualTo(first.of(3, 0));
    }

    @Test
    void transactionsComeAsOftenAsTheirWeightSays() {
        Workload workload = Workload.mcp();
        Requests requests = new Requests(workload, POPULATION, 5);
        int[] seen = new int[workload.transactions().size()];
        int draws = 20_000;
        for (int number = 0; number < draws; number++) {
            seen[requests.of(0, number).position()]++;
        }
        double sum = workload.transactions().stream().mapToDouble(Transaction::weight).sum();
        for (int position = 0; position < seen.length; position++) {
            double expected = workload.transactions().get(position).weight() / sum * draws;
            assertThat((double) seen[position])
                    .as(workload.transactions().get(position).name())
                    .isBetween(
                            expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
        }
    }
}
