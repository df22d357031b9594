package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.ClusterOptions;
import org.howdah.embedded.Host;
import org.howdah.embedded.LocalCluster;
import org.howdah.embedded.Server;
import org.howdah.remedy.Finding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of replication on a writer with a reader, on which each trouble is made for real. */
class ReplicationChecksTest {
    private static final String TWENTY_MEGABYTES =
            "SELECT count(pg_logical_emit_message(false, 'filler', repeat('x', 100000))) FROM generate_series(1, 200)";

    private static LocalCluster cluster;

    @BeforeAll
    static void start() {
        cluster = LocalCluster.temporary(ClusterOptions.throwaway().withReaders(1), Host.local());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static ClusterFacts read() {
        var writer =
                Reading.catalog(cluster.writer().port(), "postgres", "postgres", Reading.MACHINE);
        var reader =
                Reading.catalog(
                        cluster.readers().getFirst().port(),
                        "postgres",
                        "postgres",
                        Reading.MACHINE);
        return new ClusterFacts("test", writer, List.of(reader), List.of());
    }

    private static List<Finding> findings(Check check) {
        return Reading.findings(check, read());
    }

    @Test
    void a_healthy_cluster_has_no_findings() {
        await().untilAsserted(() -> {
            ClusterFacts facts = read();
            for (Check check :
                    List.of(
                            new ReplicaLagCheck(),
                            new ReplicasConnectedCheck(),
                            new SlotsRetainingCheck(),
                            new SettingsStandbyCheck(),
                            new BackupMissingCheck())) {
                assertThat(Reading.findings(check, facts)).as(check.id()).isEmpty();
            }
        });
    }

    @Test
    void a_paused_replay_is_told_from_a_slow_connection() throws SQLException {
        Server reader = cluster.readers().getFirst();
        execute(reader, "SELECT pg_wal_replay_pause()");
        execute(cluster.writer(), TWENTY_MEGABYTES);
        await().untilAsserted(() ->
                assertThat(findings(new ReplicaLagCheck()))
                        .extracting(Finding::summary)
                        .singleElement()
                        .asString()
                        .contains("has received and not yet replayed"));
        assertThat(findings(new ReplicasConnectedCheck()))
                .extracting(Finding::summary)
                .singleElement()
                .asString()
                .startsWith("Replay is paused");
        execute(reader, "SELECT pg_wal_replay_resume()");
        await().untilAsserted(() -> assertThat(findings(new ReplicaLagCheck())).isEmpty());
    }

    @Test
    void a_reader_that_receives_nothing_lags_in_shipping() throws SQLException {
        Server reader = cluster.readers().getFirst();
        reader.freeze();
        try {
            execute(cluster.writer(), TWENTY_MEGABYTES);
            var writer =
                    Reading.catalog(
                            cluster.writer().port(), "postgres", "postgres", Reading.MACHINE);
            assertThat(Reading.findings(new ReplicaLagCheck(), ClusterFacts.of(writer)))
                    .extracting(Finding::summary)
                    .singleElement()
                    .asString()
                    .contains("has not received");
        } finally {
            reader.thaw();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(findings(new ReplicaLagCheck())).isEmpty());
    }

    @Test
    void a_slot_that_nobody_uses_keeps_the_log() throws SQLException {
        execute(cluster.writer(), "SELECT pg_create_physical_replication_slot('forgotten', true)");
        try {
            execute(cluster.writer(), TWENTY_MEGABYTES);
            assertThat(findings(new SlotsRetainingCheck(10 << 20)))
                    .filteredOn(finding -> finding.subject().name().equals("forgotten"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.summary())
                                .contains("which nobody uses", "without limit");
                        assertThat(finding.remedies().getFirst().statements())
                                .containsExactly(
                                        "SELECT pg_catalog.pg_drop_replication_slot('forgotten')");
                    });
        } finally {
            execute(cluster.writer(), "SELECT pg_drop_replication_slot('forgotten')");
        }
    }

    @Test
    void commits_that_wait_for_a_standby_that_is_not_there_are_seen() throws SQLException {
        execute(
                cluster.writer(),
                "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (elsewhere)'");
        execute(cluster.writer(), "SELECT pg_reload_conf()");
        try {
            await().untilAsserted(() ->
                    assertThat(findings(new ReplicasConnectedCheck()))
                            .extracting(Finding::summary)
                            .containsExactly(
                                    "Commits need 1 synchronous standbys and 0 are there"));
        } finally {
            execute(cluster.writer(), "ALTER SYSTEM RESET synchronous_standby_names");
            execute(cluster.writer(), "SELECT pg_reload_conf()");
        }
    }

    @Test
    void a_node_that_cannot_be_read_is_a_finding() {
        ClusterFacts facts = read();
        ClusterFacts partial =
                new ClusterFacts(
                        "test",
                        facts.main(),
                        List.of(),
                        List.of("Cannot connect to reader: refused"));
        assertThat(Reading.findings(new ReplicasConnectedCheck(), partial))
                .extracting(Finding::summary)
                .containsExactly("Cannot connect to reader: refused");
    }

    @ParameterizedTest
    @CsvSource({
        "max_standby_streaming_delay, -1",
        "max_standby_streaming_delay, 10min",
        "wal_receiver_timeout, 0"
    })
    void a_reader_whose_replay_may_wait_for_ever_is_seen(String setting, String value)
            throws SQLException {
        Server reader = cluster.readers().getFirst();
        execute(reader, "ALTER SYSTEM SET " + setting + " = '" + value + "'");
        execute(reader, "SELECT pg_reload_conf()");
        try {
            await().untilAsserted(() ->
                    assertThat(findings(new SettingsStandbyCheck()))
                            .extracting(finding -> finding.subject().name())
                            .containsExactly(setting));
        } finally {
            execute(reader, "ALTER SYSTEM RESET " + setting);
            execute(reader, "SELECT pg_reload_conf()");
        }
    }

    /** The reader's own snapshot stands in the way of what the writer's VACUUM has removed. */
    @Test
    void queries_that_replay_ended_ask_for_feedback() throws SQLException {
        Server reader = cluster.readers().getFirst();
        set(reader, "hot_standby_feedback", "off");
        set(reader, "max_standby_streaming_delay", "0");
        try {
            execute(cluster.writer(), "CREATE TABLE conflicting AS SELECT 1 AS id");
            await().untilAsserted(() -> execute(reader, "SELECT * FROM conflicting"));
            try (Connection connection = reader.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                statement.execute("SELECT * FROM conflicting");
                execute(cluster.writer(), "DELETE FROM conflicting");
                execute(cluster.writer(), "VACUUM conflicting");
                await().untilAsserted(() ->
                        assertThat(findings(new SettingsStandbyCheck()))
                                .singleElement()
                                .satisfies(finding -> {
                                    assertThat(finding.subject().name())
                                            .isEqualTo("hot_standby_feedback");
                                    assertThat(finding.summary()).startsWith("1 queries on ");
                                }));
            }
            execute(reader, "SELECT pg_stat_reset()");
            await().untilAsserted(() -> assertThat(findings(new SettingsStandbyCheck())).isEmpty());
        } finally {
            execute(reader, "ALTER SYSTEM RESET hot_standby_feedback");
            execute(reader, "ALTER SYSTEM RESET max_standby_streaming_delay");
            execute(reader, "SELECT pg_reload_conf()");
        }
    }

    private static void set(Server server, String setting, String value) throws SQLException {
        execute(server, "ALTER SYSTEM SET " + setting + " = '" + value + "'");
        execute(server, "SELECT pg_reload_conf()");
        await().untilAsserted(() -> {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SHOW " + setting)) {
                row.next();
                assertThat(row.getString(1)).isEqualTo(value);
            }
        });
    }

    private static void execute(Server server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
