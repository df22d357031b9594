package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found out beside the plain facts: the machine, the platform, rates, old extensions. */
class ServerReaderTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void hardware_is_the_machines_within_the_limits_of_the_control_group(@TempDir Path root)
            throws IOException {
        try (Session session = open("postgres")) {
            assertThat(new LocalHardware(root).of(session))
                    .as("the server's process is not there: a tunnel")
                    .isEqualTo(Hardware.unknown());
            String process = "proc/" + session.backendPid();
            write(root, process + "/cmdline", "postgres: postgres postgres 127.0.0.1(5) idle");
            write(root, "proc/meminfo", "MemTotal:       16384000 kB\nMemFree: 1 kB\n");
            write(root, "proc/cpuinfo", "processor : 0\nmodel : x\n\nprocessor : 1\n");
            Hardware machine = new LocalHardware(root).of(session);
            assertThat(machine.memoryBytes()).hasValue(16_384_000L * 1024);
            assertThat(machine.processors()).hasValue(2);
            write(root, process + "/cgroup", "0::/box\n");
            write(root, "sys/fs/cgroup/box/memory.max", "2147483648\n");
            write(root, "sys/fs/cgroup/box/cpu.max", "50000 100000\n");
            Hardware box = new LocalHardware(root).of(session);
            assertThat(box.memoryBytes()).hasValue(2L << 30);
            assertThat(box.processors()).hasValue(1);
            assertThat(box.source()).isEqualTo("this machine");
        }
    }

    private static void write(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void rates_are_measured_while_reading_where_the_last_checkpoint_is_young() {
        AtomicBoolean stop = new AtomicBoolean();
        server.execute("CHECKPOINT");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> burning = threads.submit(() -> burn(stop));
            try (Session session = open("postgres")) {
                ServerRates rates = Catalog.read(session).server().rates();
                assertThat(rates.transactions())
                        .hasValueSatisfying(rate -> {
                            assertThat(rate.basis()).isEqualTo(Rate.Basis.WHILE_READING);
                            assertThat(rate.perSecond()).isPositive();
                            assertThat(rate.over().toMillis()).isGreaterThanOrEqualTo(490);
                        });
                assertThat(rates.multixacts())
                        .hasValueSatisfying(rate -> assertThat(rate.perSecond()).isZero());
            } finally {
                stop.set(true);
            }
            assertThat(burning).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    private static boolean burn(AtomicBoolean stop) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            while (!stop.get()) {
                statement.execute("SELECT pg_current_xact_id()");
            }
        }
        return true;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    RDS         | ALTER DATABASE marked SET rds.extensions = 'x'
                    RDS         | ALTER DATABASE marked SET rds.superuser_variables = 'session_replication_role'
                    AURORA      | ALTER DATABASE marked SET rds.extensions = 'x'; CREATE FUNCTION aurora_version() RETURNS text LANGUAGE sql AS $$SELECT '17.4.1'$$
                    ALLOYDB     | CREATE ROLE alloydbsuperuser; CREATE ROLE alloydbimportexport
                    CLOUD_SQL   | CREATE ROLE cloudsqlsuperuser; CREATE ROLE cloudsqlimportexport
                    AZURE       | ALTER DATABASE marked SET azure.extensions = 'x'
                    NEON        | ALTER DATABASE marked SET neon.tenant_id = 'x'
                    SELF_HOSTED | CREATE ROLE cloudsqlsuperuser; CREATE ROLE alloydbsuperuser; CREATE ROLE azure_pg_admin
                    """)
    void a_platform_is_known_by_its_marks(Platform platform, String marks) {
        server.createDatabase("marked");
        try {
            server.executeIn("marked", marks);
            try (Session session = open("marked")) {
                assertThat(Platform.detect(session)).isEqualTo(platform);
            }
        } finally {
            server.execute("DROP DATABASE marked");
            server.execute(
                    "DROP ROLE IF EXISTS alloydbsuperuser, alloydbimportexport, cloudsqlsuperuser,"
                            + " cloudsqlimportexport, azure_pg_admin");
        }
        try (Session session = open("postgres")) {
            assertThat(Platform.detect(session)).isEqualTo(Platform.SELF_HOSTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "1.9", "1.10", "1.11", "1.12"})
    void statements_are_read_from_older_versions_of_the_extension_too(String version) {
        String database = server.createDatabase("extension " + version);
        server.executeIn(database, "CREATE EXTENSION pg_stat_statements VERSION '" + version + "'");
        server.executeIn(database, "SELECT 'told', count(*) FROM pg_catalog.pg_class");
        try (Session session = open(database)) {
            ServerFacts facts = Catalog.read(session).server();
            assertThat(facts.statements().orNone())
                    .filteredOn(statement -> statement.database().equals(Optional.of(database)))
                    .extracting(StatementFact::query)
                    .anyMatch(text -> text.contains("pg_class"));
            assertThat(updateFor(facts.statementTotals()))
                    .isEqualTo(
                            version.equals("1.8")
                                    ? "ALTER EXTENSION pg_stat_statements UPDATE"
                                    : "nothing");
        }
    }

    private static String updateFor(Facts<?> facts) {
        return switch (facts) {
            case Facts.Known<?> _ -> "nothing";
            case Facts.Unknown<?> unknown -> unknown.grant().orElse("");
        };
    }

    private static Session open(String database) {
        return Session.open(
                Dsn.of("127.0.0.1", server.port(), database, "postgres"),
                SessionOptions.reading("test"));
    }
}
