package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code howdah check} against the PostgreSQL 15 of Debian, with password authentication and a role
 * that has pg_monitor and nothing else; {@code howdah fix} and {@code howdah undo} with the owner
 * of the tables, who is no superuser. The journal is kept on the same server.
 */
@Tag("peers")
class DebianPeerTest {
    private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");
    private static final String PASSWORD = "s3cret";

    private static Path directory;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        directory = Files.createTempDirectory("howdah-peer-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path password = directory.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        run(
                BINARIES.resolve("initdb").toString(),
                "-D",
                data(),
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile",
                password.toString());
        run(
                BINARIES.resolve("pg_ctl").toString(),
                "-D",
                data(),
                "-w",
                "-l",
                directory.resolve("log").toString(),
                "-o",
                "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c shared_preload_libraries=pg_stat_statements"
                        .formatted(port, directory),
                "start");
        psql("CREATE ROLE watcher LOGIN PASSWORD '" + PASSWORD + "'");
        psql("GRANT pg_monitor TO watcher");
        psql("CREATE ROLE keeper LOGIN PASSWORD '" + PASSWORD + "' IN ROLE pg_monitor");
        psql("CREATE DATABASE journal OWNER keeper");
        psql("CREATE DATABASE depots OWNER keeper");
        psql("CREATE EXTENSION pg_stat_statements");
        psql("CREATE TABLE crate (id bigint, note text)");
        psql("INSERT INTO crate SELECT n, repeat('x', 200) FROM generate_series(1, 50000) n");
        psql("ANALYZE crate");
        Files.writeString(
                directory.resolve("howdah.yaml"),
                "repository: {dsn: '" + dsn("keeper", "journal") + "'}\n");
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            run(BINARIES.resolve("pg_ctl").toString(), "-D", data(), "-m", "fast", "-w", "stop");
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String dsn(String role, String database) {
        return "postgresql://%s@127.0.0.1:%d/%s".formatted(role, port, database);
    }

    private static String data() {
        return directory.resolve("data").toString();
    }

    private static void psql(String sql) throws Exception {
        psql("postgres", "postgres", sql);
    }

    private static void psql(String role, String database, String sql) throws Exception {
        run(
                "env",
                "PGPASSWORD=" + PASSWORD,
                BINARIES.resolve("psql").toString(),
                "-X",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                directory.toString(),
                "-p",
                Integer.toString(port),
                "-U",
                role,
                "-d",
                database,
                "-c",
                sql);
    }

    /** PostgreSQL refuses to run as root: its package made the account that it runs under. */
    private static void run(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        words.addAll(List.of(command));
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(words)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor())
                .as(
                        String.join(" ", words)
                                + "\n"
                                + Files.readString(output, StandardCharsets.UTF_8))
                .isZero();
    }

    private static Howdah.Result check(String... more) {
        List<String> words = new ArrayList<>(List.of("check"));
        words.addAll(List.of(more));
        words.add(dsn("watcher", "postgres"));
        return howdah().run(words.toArray(String[]::new));
    }

    private static Howdah howdah() {
        return Howdah.in(directory).with("PGPASSWORD", PASSWORD);
    }

    @Test
    void aMonitorSeesMostAndIsToldWhatItDoesNotSee() {
        Howdah.Result result = check("--json", "--fail-on", "notice");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(check("--only", "sequence-exhaustion").exitCode()).isZero();
        JsonNode one = result.json().get("clusters").get(0);
        assertThat(one.get("nodes").get(0).get("serverVersion").asString()).startsWith("15.");
        Set<String> gaps =
                one.get("notChecked")
                        .valueStream()
                        .map(gap -> gap.get("check").asString())
                        .collect(Collectors.toSet());
        assertThat(one.get("summary").get("fine").asInt()).isGreaterThan(25);
        assertThat(gaps).hasSizeLessThan(12).contains("table-bloat", "weak-passwords");
        assertThat(one.get("notChecked").valueStream())
                .filteredOn(gap -> gap.get("reason").asString().contains("not allowed"))
                .isNotEmpty()
                .allMatch(gap -> gap.get("grant").asString().contains("TO \"watcher\""));
        assertThat(one.get("findings").valueStream().map(found -> found.get("check").asString()))
                .contains("missing-primary-key");
    }

    @Test
    void theGrantsThatItNamesLetItBeChecked() throws Exception {
        JsonNode before = check("--json").json().get("clusters").get(0).get("notChecked");
        List<String> grants =
                before.valueStream()
                        .filter(gap -> gap.has("grant"))
                        .map(gap -> gap.get("grant").asString())
                        .distinct()
                        .toList();
        for (String grant : grants) {
            psql(grant);
        }
        try {
            JsonNode after = check("--json").json().get("clusters").get(0).get("notChecked");
            assertThat(after.valueStream().filter(gap -> gap.has("grant"))).isEmpty();
        } finally {
            for (String grant : grants) {
                psql(grant.replace("GRANT ", "REVOKE ").replace(" TO ", " FROM "));
            }
        }
    }

    @Test
    void theSocketOfTheServerWorksToo() {
        Howdah.Result result =
                Howdah.in(directory)
                        .with("PGPASSWORD", PASSWORD)
                        .run(
                                "check",
                                "host=%s port=%d user=watcher dbname=postgres"
                                        .formatted(directory, port));
        assertThat(result.exitCode()).as(result.err()).isLessThanOrEqualTo(1);
        assertThat(result.out()).contains("PostgreSQL 15.");
    }

    @Test
    void theOwnerMendsChecksAndTakesBack() throws Exception {
        psql(
                "keeper",
                "depots",
                """
                CREATE TABLE crate (id int PRIMARY KEY, depot int, note text)
                    WITH (autovacuum_enabled = off);
                INSERT INTO crate
                    SELECT n, n % 100, repeat('x', 100) FROM generate_series(1, 100000) n;
                CREATE INDEX crate_depot ON crate (depot);
                CREATE INDEX crate_depot_too ON crate (depot);
                ANALYZE crate;
                DELETE FROM crate WHERE id % 2 = 0;
                """);
        String dsn = dsn("keeper", "depots");
        assertThat(found(dsn)).contains("duplicate-index", "dead-rows");

        Howdah.Result mended =
                howdah().run("fix", dsn, "--apply", "--yes", "--only", "vacuum,drop-index");
        assertThat(mended.exitCode()).as(mended.err() + mended.out()).isZero();
        assertThat(found(dsn)).doesNotContain("duplicate-index", "dead-rows");

        JsonNode dropped =
                howdah().run("journal", "--json")
                        .json()
                        .get("entries")
                        .valueStream()
                        .filter(entry -> entry.get("kind").asString().equals("drop-index"))
                        .findFirst()
                        .orElseThrow();
        assertThat(dropped.get("state").asString()).isEqualTo("done");
        Howdah.Result undone = howdah().run("undo", dropped.get("id").asString(), dsn);
        assertThat(undone.exitCode()).as(undone.err() + undone.out()).isZero();
        assertThat(found(dsn)).contains("duplicate-index").doesNotContain("dead-rows");
    }

    /** The checks that found something in the owner's database. */
    private static Set<String> found(String dsn) {
        Howdah.Result result = howdah().run("check", "--json", dsn);
        assertThat(result.exitCode()).as(result.err()).isLessThanOrEqualTo(1);
        return result.json()
                .get("clusters")
                .get(0)
                .get("findings")
                .valueStream()
                .filter(one -> one.get("subject").get("name").asString().contains("crate"))
                .map(one -> one.get("check").asString())
                .collect(Collectors.toSet());
    }

    @Test
    void whoMayOnlyMonitorIsToldWhatMendingNeeds() {
        Howdah.Result result = howdah().run("fix", dsn("watcher", "postgres"), "--apply", "--yes");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
        assertThat(result.out().replaceAll("\\s+", " "))
                .contains("failed", "permission denied", "hint: it needs")
                .contains(" 0 of ");
    }
}
