package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who runs servers, where they may write, and what is said when they cannot. */
class AccountsAndDisksTest {

    private final Host host = Host.local().inMemory();
    private TemporaryDirectory scratch;

    @BeforeEach
    void makeDirectory() {
        scratch = TemporaryDirectory.in(host);
    }

    @AfterEach
    void deleteDirectory() {
        scratch.close();
    }

    /** A command that drops root's rights; nothing for everybody else, who has none to drop. */
    private static List<String> asNobody() {
        return Posix.effectiveUser() == 0
                ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")
                : List.of();
    }

    /** The class path where everybody can read it: the build may stand in root's own directory. */
    private String publicClassPath() throws IOException {
        Path copies = Files.createDirectory(scratch.path().resolve("classes"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path copy = copies.resolve(entries.size() + "-" + Path.of(entry).getFileName());
            Directories.copy(Path.of(entry), copy);
            entries.add(copy.toString());
        }
        assertThat(Command.run(List.of("chmod", "-R", "a+rX", copies.toString())).exitCode())
                .isZero();
        return String.join(File.pathSeparator, entries);
    }

    private Path everybodys(String name) throws IOException {
        Path directory = Files.createDirectory(scratch.path().resolve(name));
        return Files.setPosixFilePermissions(
                directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /**
     * Where root builds, the child is a plain user, so that both ways of starting a server are
     * tested: root's, which hands it to another account, by nearly every other test. A plain user
     * cannot become root; where one builds, that way stays to root's builds.
     */
    @Test
    void aPlainUserRunsAClusterAsHimself() throws Exception {
        Path home = everybodys("home");
        Map<String, String> environment =
                Map.of("HOME", home.toString(), "XDG_STATE_HOME", "", "HOWDAH_STATE", "");
        try (ChildJvm child =
                ChildJvm.start(
                        asNobody(),
                        publicClassPath(),
                        environment,
                        "account",
                        home.resolve("cluster").toString())) {
            String expected =
                    Posix.effectiveUser() == 0 ? "nobody" : System.getProperty("user.name");
            assertThat(child.line()).matches("18\\d{4} " + expected);
            assertThat(home.resolve(".local/state/howdah/binaries")).isDirectory();
            child.dismiss();
            assertThat(child.line()).isEqualTo("left");
        }
        assertThat(LocalCluster.open(home.resolve("cluster"), host).running()).isFalse();
    }

    @Test
    void aDirectoryThatMayNotBeWrittenIsNamed() throws Exception {
        Path home = everybodys("home");
        Path locked = Files.createDirectory(scratch.path().resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        try (ChildJvm child =
                ChildJvm.start(
                        asNobody(),
                        publicClassPath(),
                        Map.of("HOWDAH_STATE", home.toString()),
                        "account",
                        locked.resolve("cluster").toString())) {
            assertThat(child.line())
                    .contains(
                            "The directory " + locked.resolve("cluster") + " cannot hold a cluster")
                    .contains("permission denied")
                    .contains("Hint: Choose a directory that is writable.");
        }
    }

    /** A limit on the size of a file fails a write just as a full disk does. */
    @Test
    void aFullDiskIsNamedAndLeavesNothingHalfDone() throws Exception {
        Path cluster = scratch.path().resolve("cluster");
        try (ChildJvm child =
                ChildJvm.start(
                        List.of("prlimit", "--fsize=1000000", "--"),
                        System.getProperty("java.class.path"),
                        Map.of(),
                        "account",
                        cluster.toString())) {
            assertThat(child.line()).contains("could not be filled from").contains("free space");
        }
        assertThat(cluster.resolve("node1/data")).doesNotExist();
        ClusterOptions options = ClusterOptions.defaults().withReaders(1);
        try (LocalCluster later = LocalCluster.start(cluster, options, host)) {
            assertThat(later.writer().running()).as("with space it starts").isTrue();
        }
    }

    @Test
    void rootHandsServersToAnAccountWithoutPrivileges() throws IOException {
        try (TestServer server = TestServer.start()) {
            long pid = server.server().pid().orElseThrow();
            String status = ProcFile.read(Path.of("/proc/" + pid + "/status"));
            assertThat(status).contains("CapEff:\t0000000000000000").contains("NoNewPrivs:\t1");
            assertThat(status).doesNotContain("Uid:\t0\t");
            assertThat(ProcessHandle.of(pid).orElseThrow().info().user())
                    .contains(host.accountName());
        }
    }

    @Test
    void directoriesThatTheAccountCannotEnterAreNamed() throws IOException {
        Path closed = Files.createDirectory(scratch.path().resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Account other = new Account("somebody", 4711, 4711, true);
        assertThatThrownBy(() -> Directories.open(closed.resolve("deep"), other))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("The account somebody, which runs the server, cannot enter")
                .hasMessageContaining(closed.toString());
    }

    @Test
    void thePlaceOfTheStateFollowsTheEnvironment() {
        Path home = Path.of("/home/me");
        assertThat(StateDirectory.of(Map.of("HOWDAH_STATE", "/x/../s"), home).root())
                .hasToString("/s");
        Path usual = StateDirectory.of(Map.of(), home).root();
        assertThat(usual)
                .hasToString(
                        Posix.effectiveUser() == 0
                                ? "/var/lib/howdah"
                                : "/home/me/.local/state/howdah");
    }

    @Test
    void anAccountThatCannotRunServersIsRefused() {
        Map<String, String> properties = Map.of("user.name", "me");
        if (Posix.effectiveUser() == 0) {
            assertThatThrownBy(() -> Host.of(Map.of("HOWDAH_RUN_AS", "root"), properties))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("The account root cannot run PostgreSQL");
            assertThat(Host.of(Map.of("HOWDAH_RUN_AS", "nobody"), properties).accountName())
                    .isEqualTo("nobody");
        } else {
            assertThat(Host.of(Map.of(), properties).accountName()).isEqualTo("me");
        }
    }
}
