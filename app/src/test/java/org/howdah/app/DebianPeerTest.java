package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code howdah check} against the PostgreSQL 15 of Debian, with password authentication and a role
 * that has pg_monitor and nothing else.
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
        psql("CREATE EXTENSION pg_stat_statements");
        psql("CREATE TABLE crate (id bigint, note text)");
        psql("INSERT INTO crate SELECT n, repeat('x', 200) FROM generate_series(1, 50000) n");
        psql("ANALYZE crate");
    }

    @AfterAll
    static void stop() throws Exception {
        run(BINARIES.resolve("pg_ctl").toString(), "-D", data(), "-m", "fast", "-w", "stop");
    }

    private static String data() {
        return directory.resolve("data").toString();
    }

    private static void psql(String sql) throws Exception {
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
                "postgres",
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
        Path output = Files.createTempFile("howdah-peer-", ".out");
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
        words.add("postgresql://watcher@127.0.0.1:%d/postgres".formatted(port));
        return Howdah.in(directory).with("PGPASSWORD", PASSWORD).run(words.toArray(String[]::new));
    }

    @Test
    void aMonitorSeesMostAndIsToldWhatItDoesNotSee() {
        Howdah.Result result = check("--json");
        assertThat(result.exitCode()).as(result.err()).isLessThanOrEqualTo(1);
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
}
