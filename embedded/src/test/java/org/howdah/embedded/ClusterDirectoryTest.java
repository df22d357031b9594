package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a directory remembers of its cluster, and who may start, join and stop it. */
class ClusterDirectoryTest {

    private static final ClusterOptions TIED = ClusterOptions.throwaway().withReaders(1);
    private static final ClusterOptions DETACHED =
            TIED.withServer(TIED.server().withLifetime(Lifetime.DETACHED));

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
    void dataRolesAndPortsSurvive() {
        int port;
        try (LocalCluster cluster = LocalCluster.start(directory, TIED, host)) {
            assertThat(cluster.owned()).isTrue();
            Sql.on(cluster.writer()).execute("CREATE TABLE kept AS SELECT 42 AS answer");
            cluster.promote("node2");
            port = cluster.writer().port();
        }
        assertThat(LocalCluster.open(directory, host).running()).isFalse();
        try (LocalCluster cluster = LocalCluster.resume(directory, Lifetime.TIED, host)) {
            assertThat(cluster.writerName()).isEqualTo("node2");
            assertThat(cluster.writer().port()).isEqualTo(port);
            assertThat(cluster.options().server().settings()).containsEntry("fsync", "off");
            assertThat(Sql.on(cluster.writer()).text("SELECT answer FROM kept")).isEqualTo("42");
            assertThat(cluster.readers()).allMatch(Server::running);
        }
    }

    @Test
    void aDetachedClusterIsFoundJoinedAndStopped() {
        try (LocalCluster cluster = LocalCluster.start(directory, DETACHED, host)) {
            assertThat(cluster.owned()).isFalse();
        }
        LocalCluster found = LocalCluster.open(directory, host);
        assertThat(found.status())
                .extracting(NodeStatus::state)
                .containsOnly(NodeStatus.State.RUNNING);
        long pid = found.writer().pid().orElseThrow();
        found.server("node2").crash();
        try (LocalCluster joined = LocalCluster.start(directory, TIED, host)) {
            assertThat(joined.owned()).isFalse();
            assertThat(joined.writer().pid()).contains(pid);
            assertThat(joined.server("node2").running()).as("what was down is started").isTrue();
        }
        assertThat(found.running()).isTrue();
        found.stop();
        assertThat(found.running()).isFalse();
        assertThat(found.status())
                .extracting(NodeStatus::state)
                .containsOnly(NodeStatus.State.STOPPED);
    }

    @Test
    void aSecondStartJoinsOrIsRefused() {
        try (LocalCluster cluster = LocalCluster.start(directory, TIED, host)) {
            try (LocalCluster second = LocalCluster.start(directory, TIED, host)) {
                assertThat(second.owned()).isFalse();
                assertThat(second.writer().port()).isEqualTo(cluster.writer().port());
            }
            assertThat(cluster.writer().running()).as("a guest ends nothing").isTrue();
            assertThatThrownBy(() -> LocalCluster.start(directory, TIED.withReaders(2), host))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining(
                            "is PostgreSQL 18 with 1 readers, not PostgreSQL 18 with 2");
            ClusterOptions older = TIED.withServer(TIED.server().withMajor(15));
            assertThatThrownBy(() -> LocalCluster.start(directory, older, host))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("not PostgreSQL 15 with 1");
        }
    }

    @Test
    void anAnnouncedPromotionThatNeverHappenedIsForgotten() {
        LocalCluster.start(directory, TIED, host).close();
        ClusterState state = ClusterState.read(directory).orElseThrow();
        state.withWriter("node2").write(directory);
        try (LocalCluster cluster = LocalCluster.resume(directory, Lifetime.TIED, host)) {
            assertThat(cluster.writerName()).isEqualTo("node1");
            Sql.on(cluster.writer()).execute("CREATE TABLE t ()");
        }
    }

    @Test
    void foreignDirectoriesAreLeftAlone() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> LocalCluster.start(directory, TIED, host))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("is not empty and holds no cluster");
        assertThatThrownBy(() -> LocalCluster.open(directory, host))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("There is no cluster in");
        Files.writeString(directory.resolve("cluster.properties"), "format=1\nmajor=18\n");
        assertThatThrownBy(() -> LocalCluster.open(directory, host))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("cannot be read: the line nodes is missing");
        Files.delete(directory.resolve("cluster.properties"));
    }

    @Test
    void fixedPortsFollowEachOther() {
        int first = new Ports(new java.util.Random(7)).free();
        ClusterOptions fixed = TIED.withServer(TIED.server().withPort(first));
        try (LocalCluster cluster = LocalCluster.start(directory, fixed, host)) {
            assertThat(cluster.writer().port()).isEqualTo(first);
            assertThat(cluster.server("node2").port()).isEqualTo(first + 1);
        }
    }
}
