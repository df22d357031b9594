package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes readers follow a writer: slots, settings, and the question whether a data directory that
 * has its own past can follow or must be copied again. The answer needs no pg_rewind: a directory
 * whose WAL ends before the writer's timeline began can follow, another cannot.
 */
final class Replication {

    /** How long a reader may take to connect before it is taken to have diverged. */
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private final Host host;
    private final ClusterState state;

    Replication(Host host, ClusterState state) {
        this.host = host;
        this.state = state;
    }

    Map<String, String> writerRole() {
        Map<String, String> role = new TreeMap<>();
        role.put("cluster_name", state.writer());
        role.put("synchronous_standby_names", synchronousNames(state.writer()));
        return role;
    }

    /** Every node lists all the others, so that a promotion changes nothing but who asks. */
    private String synchronousNames(String self) {
        String others =
                state.nodes().stream()
                        .filter(node -> !node.equals(self))
                        .collect(Collectors.joining(", "));
        return state.options().quorum().isPresent()
                ? "ANY " + state.options().quorum().getAsInt() + " (" + others + ")"
                : "";
    }

    Map<String, String> readerRole(String name, Server writer) {
        Map<String, String> role = new TreeMap<>();
        role.put("cluster_name", name);
        role.put("synchronous_standby_names", synchronousNames(name));
        role.put("primary_slot_name", name);
        role.put("hot_standby_feedback", state.options().feedback() ? "on" : "off");
        // The defaults (5 s, 10 s) are for networks; here they would only be waited for.
        role.put("wal_retrieve_retry_interval", "200ms");
        role.put("wal_receiver_status_interval", "1s");
        role.put(
                "primary_conninfo",
                "host=127.0.0.1 port=%d user=%s application_name=%s passfile='%s'"
                        .formatted(
                                writer.port(),
                                Server.SUPERUSER,
                                name,
                                new Layout(writer.directory()).password()));
        return role;
    }

    /** Starts a stopped node as a reader of the writer, copied again if it must be. */
    void attach(String name, Server node, Server writer) {
        reserveSlot(name, writer);
        boolean kept = hasData(node) && mayFollow(node, writer);
        if (kept) {
            markAsReader(node);
        } else {
            new Cloning(writer, new Layout(node.directory()), host.account()).run();
        }
        node.assume(readerRole(name, writer));
        node.start();
        if (streams(name, writer, kept ? CONNECTING : state.options().server().patience())) {
            dropSlotsOf(node);
            return;
        }
        if (!kept) {
            throw new EmbeddedException(
                    "The reader "
                            + name
                            + " does not receive WAL from the writer on port "
                            + writer.port()
                            + ".",
                    "Its log is " + node.log() + ".");
        }
        node.close();
        cloneAgain(name, node, writer);
    }

    private void cloneAgain(String name, Server node, Server writer) {
        try {
            SharedMemory.releaseUnder(node.directory());
            Directories.delete(node.data());
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The data directory "
                            + node.data()
                            + " cannot be replaced: "
                            + Causes.text(failed),
                    "Delete it by hand and attach the node again.",
                    failed);
        }
        attach(name, node, writer);
    }

    /** Turns a running reader to another writer. */
    void follow(String name, Server node, Server writer) {
        reserveSlot(name, writer);
        if (aheadOf(node, writer)) {
            node.close();
            cloneAgain(name, node, writer);
            return;
        }
        node.assume(readerRole(name, writer));
        node.reload();
        if (!streams(name, writer, CONNECTING)) {
            node.close();
            attach(name, node, writer);
        }
    }

    /** Whether a running reader has received WAL that the writer never had. */
    private static boolean aheadOf(Server node, Server writer) {
        String received = Sql.on(node).text("SELECT pg_catalog.pg_last_wal_receive_lsn()");
        String timeline =
                Sql.on(node).text("SELECT timeline_id FROM pg_catalog.pg_control_checkpoint()");
        OptionalLong end = Timelines.of(writer).endOf(Integer.parseInt(timeline));
        return !received.isEmpty()
                && (end.isEmpty() || Timelines.position(received) > end.getAsLong());
    }

    private static boolean hasData(Server node) {
        return Files.exists(node.data().resolve("PG_VERSION"));
    }

    /**
     * A reader may always try. A former writer may when it was shut down cleanly and its last
     * checkpoint lies before the point where the new writer's timeline left its own.
     */
    private static boolean mayFollow(Server node, Server writer) {
        try {
            if (Files.exists(node.data().resolve("standby.signal"))) {
                return true;
            }
            ControlFile control = ControlFile.read(node.data());
            Timelines timelines = Timelines.of(writer);
            OptionalLong end = timelines.endOf(control.timeline());
            return control.shutDownClean()
                    && control.timeline() != timelines.current()
                    && end.isPresent()
                    && control.checkpoint() < end.getAsLong();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void markAsReader(Server node) {
        Path signal = node.data().resolve("standby.signal");
        try {
            if (!Files.exists(signal)) {
                Password.secret(signal, "", host.account());
            }
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The file " + signal + " cannot be written: " + Causes.text(failed),
                    "Check the permissions and the free space there.",
                    failed);
        }
    }

    private static void reserveSlot(String name, Server writer) {
        Sql sql = Sql.on(writer);
        String known = "SELECT slot_name FROM pg_catalog.pg_replication_slots WHERE slot_name = ?";
        if (sql.texts(known, name).isEmpty()) {
            sql.texts(
                    "SELECT slot_name FROM pg_catalog.pg_create_physical_replication_slot(?, true)",
                    name);
        }
    }

    static void dropSlot(String name, Server writer) {
        Sql.on(writer)
                .texts(
                        """
                        SELECT pg_catalog.pg_drop_replication_slot(slot_name)::text
                        FROM pg_catalog.pg_replication_slots WHERE slot_name = ? AND NOT active\
                        """,
                        name);
    }

    /** A former writer's slots would keep its WAL for ever. */
    private void dropSlotsOf(Server node) {
        List<String> left =
                Sql.on(node).texts("SELECT slot_name FROM pg_catalog.pg_replication_slots");
        left.stream().filter(state.nodes()::contains).forEach(slot -> dropSlot(slot, node));
    }

    private static boolean streams(String name, Server writer, Duration patience) {
        Wait wait = Wait.atMost(patience);
        do {
            String sql =
                    """
                    SELECT state FROM pg_catalog.pg_stat_replication
                    WHERE application_name = ? AND state IN ('streaming', 'catchup')\
                    """;
            if (!Sql.on(writer).texts(sql, name).isEmpty()) {
                return true;
            }
        } while (wait.again());
        return false;
    }
}
