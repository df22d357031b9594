package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.ClusterOptions;
import org.howdah.embedded.Host;
import org.howdah.embedded.LocalCluster;
import org.howdah.embedded.Server;
import org.howdah.embedded.ServerOptions;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds the horizon from outside: slots, and readers that feed back what they still see. */
class HorizonCheckTest {
    private static final int OLD = 20;

    private static LocalCluster cluster;

    @BeforeAll
    static void start() throws SQLException {
        cluster =
                LocalCluster.temporary(
                        ClusterOptions.throwaway()
                                .withServer(
                                        ServerOptions.throwaway()
                                                .withSetting("wal_level", "logical"))
                                .withReaders(1)
                                .withFeedback(true),
                        Host.local());
        execute(cluster.writer(), "CREATE TABLE t (id int)");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static void execute(Server server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Server reader() {
        return cluster.readers().getFirst();
    }

    private static List<Finding> findings() {
        var writer =
                Reading.catalog(cluster.writer().port(), "postgres", "postgres", Reading.MACHINE);
        var reader = Reading.catalog(reader().port(), "postgres", "postgres", Reading.MACHINE);
        return Reading.findings(
                new HorizonCheck(OLD),
                new ClusterFacts("test", writer, List.of(reader), List.of()));
    }

    private static void awaitCalm() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(findings()).isEmpty());
    }

    private static void awaitFinding(Consumer<Finding> expected) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(findings()).singleElement().satisfies(expected));
    }

    /** As many transactions as make the horizon old. */
    private static void writeMuch() throws SQLException {
        for (int i = 0; i < 2 * OLD; i++) {
            execute(cluster.writer(), "INSERT INTO t VALUES (1)");
        }
    }

    private static List<String> statements(Finding finding) {
        return finding.remedies().stream().map(Remedy::statements).flatMap(List::stream).toList();
    }

    @Test
    void a_logical_slot_that_nobody_reads_holds_the_catalogs() throws SQLException {
        awaitCalm();
        execute(
                cluster.writer(),
                "SELECT pg_create_logical_replication_slot('reports', 'pgoutput')");
        try {
            writeMuch();
            awaitFinding(finding -> {
                assertThat(finding.subject())
                        .isEqualTo(new Subject(Subject.Kind.SLOT, "postgres", "reports"));
                assertThat(finding.summary())
                        .contains("logical slot reports, which nobody uses (system catalogs only)");
                assertThat(statements(finding))
                        .containsExactly("SELECT pg_catalog.pg_drop_replication_slot('reports')");
            });
        } finally {
            execute(cluster.writer(), "SELECT pg_drop_replication_slot('reports')");
        }
        awaitCalm();
    }

    @Test
    void a_query_on_a_reader_holds_it_by_feedback_and_is_named() throws SQLException {
        awaitCalm();
        try (Connection asking = reader().connect();
                Statement statement = asking.createStatement()) {
            statement.execute("SET application_name = 'yearly report'");
            asking.setAutoCommit(false);
            asking.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT count(*) FROM t");
            writeMuch();
            awaitFinding(finding -> {
                assertThat(finding.subject().kind()).isEqualTo(Subject.Kind.SLOT);
                assertThat(finding.summary())
                        .contains("hot_standby_feedback through slot", "yearly report");
                assertThat(statements(finding)).as("the slot must stay").isEmpty();
            });

            // Without its slot, which can be dropped once the reader has let go of it.
            String slot = findings().getFirst().subject().name();
            execute(reader(), "ALTER SYSTEM SET primary_slot_name = ''");
            execute(reader(), "SELECT pg_reload_conf()");
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            execute(
                                    cluster.writer(),
                                    "SELECT pg_drop_replication_slot('" + slot + "')"));
            awaitFinding(finding -> {
                assertThat(finding.subject().kind()).isEqualTo(Subject.Kind.NODE);
                assertThat(finding.summary()).contains("hot_standby_feedback of ", "yearly report");
            });
            asking.rollback();
        }
        awaitCalm();
    }
}
