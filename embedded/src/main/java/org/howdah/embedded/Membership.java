package org.howdah.embedded;

import java.io.IOException;

/** Readers come and go; the caller holds the cluster's lock. */
final class Membership {

    private final ClusterNodes nodes;

    Membership(ClusterNodes nodes) {
        this.nodes = nodes;
    }

    /** Adds a reader to the running writer; the answer is its name. */
    String add() {
        ClusterState before = nodes.state();
        String name = before.nextName();
        ClusterState after = before.withNode(name);
        after.write(nodes.directory());
        try {
            Directories.delete(nodes.directory().resolve(name));
            nodes.attach(after, name);
        } catch (IOException | RuntimeException failed) {
            nodes.delete(name);
            before.write(nodes.directory());
            throw new EmbeddedException(
                    "No reader was added to the cluster in "
                            + nodes.directory()
                            + ": "
                            + failed.getMessage(),
                    "The writer must run, and there must be space for a copy.",
                    failed);
        }
        nodes.writer().assume(new Replication(nodes.host(), after).writerRole());
        nodes.writer().reload();
        return name;
    }

    void remove(String name) {
        ClusterState before = nodes.state();
        if (name.equals(before.writer())) {
            throw new EmbeddedException(
                    "Node " + name + " is the writer and cannot be removed.",
                    "Promote another node first.");
        }
        int left = before.readers().size() - 1;
        if (before.options().quorum().orElse(0) > left) {
            throw new EmbeddedException(
                    "Without "
                            + name
                            + " the quorum of "
                            + before.options().quorum().getAsInt()
                            + " readers cannot be reached: every commit would wait for ever.",
                    "Start the cluster with a smaller quorum.");
        }
        nodes.delete(name);
        ClusterState after = before.withoutNode(name);
        after.write(nodes.directory());
        if (nodes.writer().running()) {
            Replication.dropSlot(name, nodes.writer());
            nodes.writer().assume(new Replication(nodes.host(), after).writerRole());
            nodes.writer().reload();
        }
    }
}
