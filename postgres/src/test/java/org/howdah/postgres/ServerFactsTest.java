package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The queries of the whole server on all majors: a superuser gets all facts, others are told why
 * not.
 */
class ServerFactsTest {
    private static final ServerOptions OPTIONS =
            ServerOptions.throwaway()
                    .withSettings(Map.of("max_prepared_transactions", "2", "wal_level", "logical"));

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void a_superuser_reads_everything(int major) throws Exception {
        try (TestServer server = TestServer.start(OPTIONS.withMajor(major))) {
            server.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
            server.execute("CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 10)");
            server.execute("SELECT pg_create_logical_replication_slot('forgotten', 'pgoutput')");
            server.execute("BEGIN; INSERT INTO t VALUES (11); PREPARE TRANSACTION 'left behind'");
            try (Session session = open(server, "postgres")) {
                Catalog catalog = Catalog.read(session);
                assertThat(unknown(catalog.server())).isEmpty();
                assertPlausible(catalog.server());
            }
        }
    }

    private static void assertPlausible(ServerFacts facts) {
        assertThat(facts.platform()).isEqualTo(Platform.SELF_HOSTED);
        assertThat(facts.hardware().memoryBytes().orElse(0)).isGreaterThan(100L << 20);
        assertThat(facts.hardware().processors().orElse(0)).isPositive();
        assertThat(facts.preparedTransactions().orNone())
                .extracting(PreparedTransactionFact::identifier)
                .containsExactly("left behind");
        assertThat(facts.slots().orNone())
                .singleElement()
                .satisfies(slot -> assertThat(slot.catalogXminAge()).isPresent());
        assertThat(facts.statements().orNone())
                .extracting(StatementFact::query)
                .anyMatch(text -> text.contains("generate_series($1, $2)"));
        assertThat(facts.activity().orNone())
                .extracting(ActivityFact::backendType)
                .contains("checkpointer");
        assertThat(facts.databases().orNone())
                .extracting(DatabaseStateFact::name)
                .contains("postgres", "template1");
        assertThat(facts.rates().walBytes()).isPresent();
        assertThat(facts.rates().multixacts())
                .hasValueSatisfying(rate -> assertThat(rate.perSecond()).isZero());
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void a_plain_role_is_told_the_grant_that_it_needs(int major) {
        try (TestServer server = TestServer.start(OPTIONS.withMajor(major))) {
            server.execute(
                    "CREATE EXTENSION IF NOT EXISTS pg_stat_statements; CREATE ROLE \"the \"\"plain\" LOGIN");
            try (Session session = open(server, "the \"plain")) {
                ServerFacts facts = Catalog.read(session).server();
                assertThat(unknown(facts))
                        .containsKeys(
                                "activity",
                                "replicas",
                                "statements",
                                "passwords",
                                "hbaRules",
                                "fileSettings");
                unknown(facts).values().forEach(facts1 -> assertThat(facts1.grant()).isPresent());
                unknown(facts)
                        .values()
                        .forEach(missing ->
                                missing.grant().ifPresent(grant -> server.execute(grant)));
            }
            try (Session session = open(server, "the \"plain")) {
                assertThat(unknown(Catalog.read(session).server())).isEmpty();
            }
        }
    }

    private static Session open(TestServer server, String user) {
        return Session.open(
                Dsn.of("127.0.0.1", server.port(), "postgres", user),
                SessionOptions.reading("test"));
    }

    private static Map<String, Facts.Unknown<?>> unknown(ServerFacts facts) {
        return Arrays.stream(ServerFacts.class.getRecordComponents())
                .filter(component -> value(component, facts) instanceof Facts.Unknown<?>)
                .collect(
                        Collectors.toMap(
                                RecordComponent::getName,
                                component -> (Facts.Unknown<?>) value(component, facts)));
    }

    private static Object value(RecordComponent component, ServerFacts facts) {
        try {
            return component.getAccessor().invoke(facts);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
