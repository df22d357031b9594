package org.howdah.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Makes, starts or joins the cluster of a directory, or refuses. */
final class ClusterStart {

    private final ClusterNodes nodes;
    private final ClusterOptions options;
    private final Duration patience;

    ClusterStart(ClusterNodes nodes, ClusterOptions options, Duration patience) {
        this.nodes = nodes;
        this.options = options;
        this.patience = patience;
    }

    /**
     * The answer is the lock by which this process owns the cluster; empty when it is detached, or
     * runs already for somebody else.
     */
    Optional<HeldLock> run() {
        prepareDirectory();
        new Registry(nodes.host()).sweep();
        try (HeldLock _ = HeldLock.exclusive(nodes.lockFile(), patience)) {
            Optional<ClusterState> found = ClusterState.read(nodes.directory());
            if (found.isEmpty()) {
                nodes.refuseForeignFiles();
            }
            found.ifPresent(this::refuseOtherShape);
            Optional<HeldLock> alone = HeldLock.tryAlone(nodes.ownerFile(), patience);
            if (alone.isEmpty()) {
                return Optional.empty();
            }
            // Shared, as a watchdog expects it of those for whom the servers run.
            alone.get().close();
            HeldLock own = HeldLock.shared(nodes.ownerFile(), patience);
            boolean owned = false;
            try {
                owned = start(found);
            } finally {
                if (!owned) {
                    own.close();
                }
            }
            return owned ? Optional.of(own) : Optional.empty();
        }
    }

    private void prepareDirectory() {
        try {
            Directories.open(nodes.directory(), nodes.host().account());
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The directory "
                            + nodes.directory()
                            + " cannot hold a cluster: "
                            + Causes.text(failed),
                    "Choose a directory that is writable.",
                    failed);
        }
    }

    /** Whether this process owns what runs then. */
    private boolean start(Optional<ClusterState> found) {
        boolean running = nodes.anyRunning();
        boolean detached =
                found.filter(s -> s.options().server().lifetime() == Lifetime.DETACHED).isPresent();
        if (running && detached) {
            nodes.startAll();
            return false;
        }
        if (running) {
            // Tied to an owner that is gone: frozen, or about to end.
            nodes.stopAll();
        }
        found.map(state -> state.withOptions(asMade(state)))
                .orElseGet(() -> ClusterState.fresh(options))
                .write(nodes.directory());
        boolean tied = options.server().lifetime() == Lifetime.TIED;
        nodes.tie(tied);
        try {
            nodes.startAll();
        } catch (RuntimeException failed) {
            nodes.stopAll();
            throw failed;
        }
        return tied;
    }

    /** What was decided when the data was made stays. */
    private ClusterOptions asMade(ClusterState state) {
        ServerOptions made = state.options().server();
        return options.withServer(
                options.server().withAccess(made.access()).withChecksums(made.checksums()));
    }

    private void refuseOtherShape(ClusterState state) {
        ClusterOptions there = state.options();
        if (there.server().major() != options.server().major()
                || there.readers() != options.readers()) {
            throw EmbeddedException.usage(
                    "The cluster in %s is PostgreSQL %d with %d readers, not PostgreSQL %d with %d."
                            .formatted(
                                    nodes.directory(),
                                    there.server().major(),
                                    there.readers(),
                                    options.server().major(),
                                    options.readers()),
                    "Ask for what is there, or choose another directory.");
        }
    }
}
