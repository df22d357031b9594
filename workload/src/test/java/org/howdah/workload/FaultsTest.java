package org.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.howdah.embedded.TestServer;
import org.howdah.report.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private static final Population POPULATION = Fixture.population();
    private static final Names NAMES = Names.original();
    private static TestServer server;
    private static ConnectionSource source;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        source = Fixture.source(server, "postgres");
        new Loader(source, NAMES, POPULATION, 2).load(Loader.Statistics.STALE, Progress.none());
        Faults.apply(Faults.usual(), source, NAMES, Progress.none());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "autovacuum_naptime, 1h",
        "random_page_cost, 40",
        "effective_cache_size, 8MB",
        "work_mem, 64kB"
    })
    void settingsAreInForceAndPersistent(String setting, String value) {
        await().untilAsserted(
                        () -> assertThat(Fixture.one(source, "SHOW " + setting)).isEqualTo(value));
        assertThat(
                        Fixture.one(
                                source,
                                "SELECT sourcefile LIKE '%postgresql.auto.conf' FROM pg_settings WHERE name = '"
                                        + setting
                                        + "'"))
                .isEqualTo("t");
    }

    @Test
    void autovacuumIsOffOnHighChurnTablesOnly() {
        assertThat(
                        Fixture.column(
                                source,
                                "SELECT relname FROM pg_class WHERE reloptions @> '{autovacuum_enabled=false}' ORDER BY 1"))
                .containsExactlyElementsOf(
                        Faults.highChurnTables(NAMES).stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({"sessions", "vulnerability_scans"})
    void halfOfTheRowsAreDead(String table) {
        String share =
                "SELECT 100 * n_dead_tup / (n_live_tup + n_dead_tup) FROM pg_stat_user_tables WHERE relname = '%s'"
                        .formatted(table);
        await().untilAsserted(() -> assertThat(Fixture.number(source, share)).isBetween(45L, 75L));
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT pg_relation_size('mcp.%s') / 8192 * 8192 / count(*) FROM mcp.%s"
                                        .formatted(table, table)))
                .as("bytes of heap for each live row")
                .isGreaterThan(250);
    }

    @Test
    void uselessIndexesAreThere() {
        Map<String, String> indexes =
                Fixture.column(
                                source,
                                """
                                SELECT c.relname || ' ' || i.indisvalid || ' ' || i.indisunique
                                  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                                 WHERE c.relnamespace = 'mcp'::regnamespace AND NOT i.indisprimary
                                """)
                        .stream()
                        .map(line -> line.split(" ", 2))
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        assertThat(indexes)
                .containsOnly(
                        Map.entry("audit_logs_resource", "true false"),
                        Map.entry("users_identifier", "true false"),
                        Map.entry("vulnerabilities_scan", "true false"),
                        Map.entry("vulnerabilities_scan_status", "true false"),
                        Map.entry("security_events_address", "true false"),
                        Map.entry("sessions_once_a_user", "false true"));
    }

    @Test
    void thePurgedTableIsHalfEmpty() {
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT (100 * (1 - sum(pg_column_size(a.*) + 28) / pg_relation_size('mcp.audit_logs')))::int FROM mcp.audit_logs a"))
                .as("percent of the heap that no row fills")
                .isGreaterThan(35);
    }

    @Test
    void theIntegerSequenceIsNearItsEnd() {
        assertThat(
                        Fixture.number(
                                source,
                                "SELECT 100 * last_value / max_value FROM pg_sequences WHERE sequencename = 'audit_logs_id_seq'"))
                .isBetween(90L, 99L);
    }

    @Test
    void everyFaultTellsWhatItIs() {
        assertThat(Faults.usual())
                .allSatisfy(fault -> {
                    assertThat(fault.name()).matches("[a-z-]+");
                    assertThat(fault.describe(NAMES)).endsWith(".");
                });
        assertThat(Faults.usual().stream().map(fault -> fault.describe(Names.renamed(3))))
                .noneMatch(text -> text.contains("sessions") || text.contains("audit_logs"));
    }

    @Test
    void anAbandonedSlotKeepsWal() {
        Faults.apply(List.of(Faults.abandonedSlot()), source, NAMES, Progress.none());
        assertThat(
                        Fixture.one(
                                source,
                                "SELECT NOT active AND restart_lsn IS NOT NULL FROM pg_replication_slots WHERE slot_name = 'former_reader'"))
                .isEqualTo("t");
        Fixture.one(source, "SELECT 1 FROM pg_drop_replication_slot('former_reader')");
    }

    @Test
    void plansAndTimesCanBeRead() {
        Workload workload = Workload.mcp();
        List<AccessPaths.Access> accesses =
                new AccessPaths(workload, POPULATION, NAMES, 1)
                        .explain(2, source, Optional.empty());
        Map<String, Long> calls =
                workload.transactions().stream()
                        .collect(Collectors.toMap(Transaction::name, each -> 10L));
        assertThat(AccessPaths.indexShare(accesses, calls)).isBetween(0.0, 0.9);
        assertThat(accesses)
                .anySatisfy(access -> {
                    assertThat(access.transaction()).isEqualTo("recent events of a user");
                    assertThat(access.table()).isEqualTo("security_events");
                    assertThat(access.byIndex()).isFalse();
                });
        long before = Fixture.number(source, "SELECT count(*) FROM mcp.security_events");
        List<Probe.Timing> timings =
                new Probe(workload, POPULATION, NAMES, 1)
                        .run(2, source, Optional.empty(), Progress.none());
        assertThat(timings).hasSize(workload.transactions().size());
        assertThat(Probe.slowest(timings).meanMicros())
                .isEqualTo(
                        timings.stream().mapToDouble(Probe.Timing::meanMicros).max().orElseThrow());
        assertThat(Fixture.number(source, "SELECT count(*) FROM mcp.security_events"))
                .as("a probe leaves nothing behind")
                .isEqualTo(before);
    }
}
