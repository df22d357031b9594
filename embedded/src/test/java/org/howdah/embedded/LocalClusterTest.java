package org.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalClusterTest {

    private final Host host = Host.local().inMemory();

    private LocalCluster cluster(int readers) {
        return LocalCluster.temporary(ClusterOptions.throwaway().withReaders(readers), host);
    }

    private static void write(LocalCluster cluster, String table) {
        Sql.on(cluster.writer()).execute("CREATE TABLE " + table + " ()");
    }

    private static void awaitTable(Server reader, String table) {
        String sql = "SELECT count(*) FROM pg_class WHERE relname = ?";
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> Sql.on(reader).text(sql, table).equals("1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void readersFollowOverPromotions(int major) {
        ClusterOptions options =
                ClusterOptions.throwaway()
                        .withServer(ServerOptions.throwaway().withMajor(major))
                        .withReaders(2)
                        .withFeedback(true);
        try (LocalCluster cluster = LocalCluster.temporary(options, host)) {
            write(cluster, "one");
            cluster.readers().forEach(reader -> awaitTable(reader, "one"));
            assertThat(cluster.status())
                    .extracting(NodeStatus::name, NodeStatus::role, NodeStatus::state)
                    .containsExactly(
                            row("node1", NodeStatus.Role.WRITER),
                            row("node2", NodeStatus.Role.READER),
                            row("node3", NodeStatus.Role.READER));
            assertThat(Sql.on(cluster.server("node2")).text("SHOW hot_standby_feedback"))
                    .isEqualTo("on");
            Path mark = mark(cluster.server("node1"));

            cluster.promote("node2");

            write(cluster, "two");
            assertThat(cluster.readerNames()).containsExactly("node1", "node3");
            cluster.readers().forEach(reader -> awaitTable(reader, "two"));
            assertThat(mark).as("a clean former writer is not copied again").exists();
            assertThat(slots(cluster.writer())).isEqualTo("node1,node3");
            assertThat(slots(cluster.server("node1"))).isEmpty();

            cluster.promote("node1");
            write(cluster, "three");
            cluster.readers().forEach(reader -> awaitTable(reader, "three"));
        }
    }

    private static org.assertj.core.groups.Tuple row(String name, NodeStatus.Role role) {
        return org.assertj.core.groups.Tuple.tuple(name, role, NodeStatus.State.RUNNING);
    }

    private static String slots(Server server) {
        return Sql.on(server)
                .text(
                        "SELECT string_agg(slot_name, ',' ORDER BY slot_name) FROM pg_replication_slots");
    }

    /** A file that does not survive when the data directory is copied again. */
    private static Path mark(Server server) {
        try {
            return Files.createFile(server.data().resolve("mark"));
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void aCrashedWriterComesBackAsAReaderWithoutItsLastWrites() {
        try (LocalCluster cluster = cluster(2)) {
            write(cluster, "sent");
            cluster.readers().forEach(reader -> awaitTable(reader, "sent"));
            cluster.readers().forEach(Server::freeze);
            write(cluster, "lost");
            cluster.server("node1").crash();
            cluster.readers().forEach(Server::thaw);
            Path mark = mark(cluster.server("node1"));
            // What was in flight may have arrived; what counts is that nobody has two histories.
            String promoted = cluster.promote();
            write(cluster, "after");
            cluster.reattach("node1");
            awaitTable(cluster.server("node1"), "after");
            assertThat(mark).as("a crashed writer is copied again").doesNotExist();
            assertThat(cluster.writerName()).isEqualTo(promoted);
            assertThat(
                            Sql.on(cluster.server("node1"))
                                    .text("SELECT received_tli FROM pg_stat_wal_receiver"))
                    .isEqualTo(String.valueOf(Timelines.of(cluster.writer()).current()));
        }
    }

    @Test
    void aFrozenWriterIsReplacedAndLaterReattached() {
        try (LocalCluster cluster = cluster(1)) {
            cluster.writer().freeze();
            assertThat(cluster.status().getFirst().state()).isEqualTo(NodeStatus.State.FROZEN);
            cluster.promote("node2");
            write(cluster, "two");
            assertThat(cluster.server("node1").frozen()).isTrue();
            cluster.reattach("node1");
            awaitTable(cluster.server("node1"), "two");
        }
    }

    @Test
    void aCrashedReaderIsReattachedAsItWas() {
        try (LocalCluster cluster = cluster(1)) {
            Server reader = cluster.server("node2");
            Path mark = mark(reader);
            reader.crash();
            write(cluster, "meanwhile");
            assertThat(cluster.status().getLast().state()).isEqualTo(NodeStatus.State.STOPPED);
            cluster.reattach("node2");
            awaitTable(cluster.server("node2"), "meanwhile");
            assertThat(mark).exists();
        }
    }

    @Test
    void readersComeAndGo() {
        try (LocalCluster cluster = cluster(0)) {
            write(cluster, "one");
            assertThat(cluster.addReader()).isEqualTo("node2");
            assertThat(cluster.addReader()).isEqualTo("node3");
            cluster.readers().forEach(reader -> awaitTable(reader, "one"));
            cluster.removeReader("node2");
            assertThat(slots(cluster.writer())).isEqualTo("node3");
            assertThat(cluster.directory().resolve("node2")).doesNotExist();
            assertThat(cluster.addReader()).isEqualTo("node4");
            assertThatThrownBy(() -> cluster.removeReader("node1"))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("is the writer");
            assertThatThrownBy(() -> cluster.server("node9"))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("has no node node9");
        }
    }

    @Test
    void aQuorumHoldsCommitsUntilAReaderHasThem() {
        ClusterOptions options = ClusterOptions.throwaway().withReaders(1).withQuorum(1);
        try (LocalCluster cluster = LocalCluster.temporary(options, host)) {
            assertThat(Sql.on(cluster.writer()).text("SHOW synchronous_standby_names"))
                    .isEqualTo("ANY 1 (node2)");
            write(cluster, "confirmed");
            cluster.server("node2").freeze();
            CompletableFuture<Void> commit =
                    CompletableFuture.runAsync(() -> write(cluster, "held"));
            String waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
            await().until(() -> Sql.on(cluster.writer()).text(waiting).equals("1"));
            assertThat(commit).isNotDone();
            cluster.server("node2").thaw();
            assertThat(commit).succeedsWithin(Duration.ofSeconds(20));
        }
        assertThatThrownBy(() -> ClusterOptions.throwaway().withReaders(1).withQuorum(2))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("A quorum of 2 cannot be reached with 1 readers");
    }

    @Test
    void promotionsThatMakeNoSenseAreRefused() {
        try (LocalCluster cluster = cluster(1)) {
            assertThatThrownBy(() -> cluster.promote("node1"))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("is the writer already");
            cluster.server("node2").crash();
            assertThatThrownBy(() -> cluster.promote("node2"))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("does not run");
            assertThatThrownBy(cluster::promote)
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("no running reader");
            assertThatThrownBy(() -> cluster.reattach("node1"))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("cannot follow itself");
            cluster.heal();
            assertThat(cluster.server("node2").running()).isTrue();
        }
    }
}
