package org.howdah.embedded;

import java.util.Comparator;

/**
 * Makes another node the writer. A writer that runs is stopped first, so that nothing is lost and
 * it comes back as a reader (a switchover). One that is down or frozen is left alone (a failover):
 * what it had not sent is lost, and it comes back by {@link LocalCluster#reattach}.
 */
final class Promotion {

    private final ClusterNodes nodes;

    Promotion(ClusterNodes nodes) {
        this.nodes = nodes;
    }

    /** The running reader that has received most. */
    String bestReader() {
        return nodes.state().readers().stream()
                .filter(name -> running(nodes.server(name)))
                .max(Comparator.comparingLong(name -> received(nodes.server(name))))
                .orElseThrow(() ->
                        new EmbeddedException(
                                "The cluster in "
                                        + nodes.directory()
                                        + " has no running reader to promote.",
                                "Start it with readers, or reattach one."));
    }

    void promote(String name) {
        ClusterState before = nodes.state();
        Server candidate = nodes.server(name);
        if (name.equals(before.writer())) {
            throw new EmbeddedException(
                    "Node " + name + " is the writer already.",
                    "Choose one of " + before.readers() + ".");
        }
        if (!running(candidate)) {
            throw new EmbeddedException(
                    "Node " + name + " does not run, so it cannot be promoted.",
                    "Thaw or reattach it first, or choose another.");
        }
        Server old = nodes.server(before.writer());
        boolean switchover = running(old);
        if (switchover) {
            old.stop();
        }
        ClusterState after = before.withWriter(name);
        // Announced first: whoever finds the directory after a crash knows which one was meant.
        after.write(nodes.directory());
        Replication replication = new Replication(nodes.host(), after);
        candidate.assume(replication.writerRole());
        candidate.promote();
        candidate.reload();
        for (String reader : after.readers()) {
            Server node = nodes.server(reader);
            if (running(node)) {
                replication.follow(reader, node, candidate);
            }
        }
        if (switchover) {
            nodes.attach(after, before.writer());
        }
    }

    private static boolean running(Server server) {
        return server.running() && !server.frozen();
    }

    private static long received(Server reader) {
        String position =
                Sql.on(reader)
                        .text(
                                """
                                SELECT greatest(pg_catalog.pg_last_wal_receive_lsn(),
                                                pg_catalog.pg_last_wal_replay_lsn())\
                                """);
        return position.isEmpty() ? 0 : Timelines.position(position);
    }
}
