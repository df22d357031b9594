package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left when the process that started servers is killed: nothing. */
class KilledOwnerTest {

    private final Host host = Host.local().inMemory();
    private TemporaryDirectory scratch;
    private Path directory;

    @BeforeEach
    void makeDirectory() {
        scratch = TemporaryDirectory.in(host);
        directory = scratch.path().resolve("cluster");
    }

    @AfterEach
    void deleteDirectory() {
        if (ClusterState.read(directory).isPresent()) {
            LocalCluster.open(directory, host).stop();
        }
        scratch.close();
    }

    @Test
    void tiedServersEndWithTheirOwner() throws Exception {
        try (ChildJvm child = ChildJvm.start("cluster", directory.toString(), "TIED")) {
            List<String> pids = child.words();
            assertThat(pids).hasSize(2);
            child.kill();
            await().until(() -> ChildJvm.allGone(pids.stream()));
        }
    }

    @Test
    void detachedServersStayAndAreFound() throws Exception {
        try (ChildJvm child = ChildJvm.start("cluster", directory.toString(), "DETACHED")) {
            List<String> pids = child.words();
            child.kill();
            LocalCluster found = LocalCluster.open(directory, host);
            assertThat(found.servers().values())
                    .extracting(server -> String.valueOf(server.pid().orElse(0L)))
                    .isEqualTo(pids);
            found.promote("node2");
            assertThat(found.readers()).allMatch(Server::running);
            found.stop();
            assertThat(found.running()).isFalse();
        }
    }

    @Test
    void frozenServersAreEndedByTheNextStartOnTheirDirectory() throws Exception {
        try (ChildJvm child = ChildJvm.start("cluster", directory.toString(), "TIED")) {
            List<String> pids = child.words();
            LocalCluster.open(directory, host).servers().values().forEach(Server::freeze);
            child.kill();
            assertThat(ChildJvm.allGone(pids.stream())).isFalse();
            // A state directory of its own: only the data directory can tell.
            Host elsewhere = host.withState(new StateDirectory(scratch.path().resolve("state")));
            try (LocalCluster next = LocalCluster.resume(directory, Lifetime.TIED, elsewhere)) {
                assertThat(ChildJvm.allGone(pids.stream())).isTrue();
                assertThat(next.owned()).isTrue();
                assertThat(next.servers().values()).allMatch(Server::running);
            }
        }
    }

    @Test
    void frozenServersAndTheirDirectoriesAreEndedByAnyNextStart() throws Exception {
        try (ChildJvm child = ChildJvm.start("temporary")) {
            List<String> told = child.words();
            Path left = Path.of(told.getLast());
            Server.on(left, ServerOptions.throwaway(), host).freeze();
            child.kill();
            assertThat(left).exists();
            TestServer.start().close();
            assertThat(ChildJvm.allGone(told.stream().limit(1))).isTrue();
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void aStrangerWithARememberedNumberIsLeftAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Owner alive =
                    new Owner(stranger.pid(), startTicks(stranger.pid()), Owner.current().boot());
            Owner dead = new Owner(stranger.pid(), 1, Owner.current().boot());
            Path entry = host.state().servers().resolve("server-of-a-stranger.properties");
            PropertiesFile.write(
                    entry,
                    Map.of("owner", dead.text(), "server", alive.text(), "directory", "/var"),
                    "test");
            new Registry(host).sweep();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(entry).doesNotExist();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    private static long startTicks(long pid) {
        return ProcessStatus.of(pid).orElseThrow().startTicks();
    }

    @Test
    void whatAGuestStartsOnATiedClusterEndsWithItsOwner() throws Exception {
        try (ChildJvm child = ChildJvm.start("cluster", directory.toString(), "TIED")) {
            List<String> pids = child.words();
            LocalCluster guest = LocalCluster.open(directory, host);
            guest.promote("node2");
            String reattached = String.valueOf(guest.server("node1").pid().orElseThrow());
            assertThat(pids).doesNotContain(reattached);
            guest.server("node1").freeze();
            child.kill();
            await().until(() -> ChildJvm.allGone(List.of(pids.getLast(), reattached).stream()));
            assertThat(Files.exists(guest.server("node1").data().resolve("postmaster.pid")))
                    .as("shut down in order, though it was frozen")
                    .isFalse();
        }
    }
}
