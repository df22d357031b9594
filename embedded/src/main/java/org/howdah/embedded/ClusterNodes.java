package org.howdah.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The servers in a cluster's directory. Whoever changes something holds the directory's lock. */
final class ClusterNodes {

    private final Host host;
    private final Path directory;
    private final Map<String, Server> servers = new ConcurrentHashMap<>();

    /** Whether servers started now end with this process. */
    private volatile boolean tied;

    ClusterNodes(Host host, Path directory) {
        this.host = host;
        this.directory = directory;
    }

    Host host() {
        return host;
    }

    Path directory() {
        return directory;
    }

    Path lockFile() {
        return directory.resolve("cluster.lock");
    }

    /** Locked (shared) by the process with which a tied cluster ends. */
    Path ownerFile() {
        return directory.resolve("owner.lock");
    }

    void tie(boolean newTied) {
        tied = newTied;
        servers.clear();
    }

    ClusterState state() {
        return ClusterState.read(directory)
                .orElseThrow(() ->
                        new EmbeddedException(
                                "There is no cluster in " + directory + ".",
                                "`howdah cluster start --data " + directory + "` makes one."));
    }

    Server writer() {
        return server(state().writer());
    }

    /** The server of that name, joined if it runs. */
    Server server(String name) {
        ClusterState state = state();
        if (!state.nodes().contains(name)) {
            throw new EmbeddedException(
                    "The cluster in " + directory + " has no node " + name + ".",
                    "It has " + String.join(", ", state.nodes()) + ".");
        }
        requireAccess(name);
        Server server =
                servers.computeIfAbsent(
                        name,
                        node -> Server.on(directory.resolve(node), options(state, node), host));
        server.join();
        return server;
    }

    /** To a stranger a running server would look stopped. */
    private void requireAccess(String name) {
        Path data = data(name);
        if (Files.exists(data) && !Files.isReadable(data)) {
            throw new EmbeddedException(
                    "The cluster in " + directory + " belongs to another user.",
                    "Run this command as the user who started it, or as root.");
        }
    }

    private ServerOptions options(ClusterState state, String node) {
        ServerOptions options =
                state.options().server().withLifetime(tied ? Lifetime.TIED : Lifetime.DETACHED);
        OptionalInt first = options.port();
        return first.isPresent() ? options.withPort(first.getAsInt() + number(node) - 1) : options;
    }

    private static int number(String node) {
        return Integer.parseInt(node.substring("node".length()));
    }

    /** A new cluster takes an empty directory: nothing of others is mixed with it. */
    void refuseForeignFiles() {
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> foreign =
                    files.filter(file -> !file.equals(lockFile()) && !file.equals(ownerFile()))
                            .findAny();
            if (foreign.isPresent()) {
                throw new EmbeddedException(
                        "The directory " + directory + " is not empty and holds no cluster.",
                        "Choose an empty or a new directory.");
            }
        } catch (IOException unreadable) {
            throw new EmbeddedException(
                    "The directory " + directory + " cannot be read: " + Causes.text(unreadable),
                    "Choose a directory of your own.",
                    unreadable);
        }
    }

    boolean anyRunning() {
        return ClusterState.read(directory).stream()
                .flatMap(state -> state.nodes().stream())
                .anyMatch(node -> server(node).running());
    }

    /** Brings up what is down: the writer first, then each reader as far as it goes. */
    void startAll() {
        ClusterState state = state();
        state = state.withWriter(trueWriter(state));
        Server writer = server(state.writer());
        if (!writer.running()) {
            writer.prepare();
            writer.assume(new Replication(host, state).writerRole());
            start(writer);
        }
        for (String name : state.readers()) {
            if (!server(name).running()) {
                attach(state, name);
            }
        }
        state.write(directory);
    }

    /**
     * The writer that the file names, unless it is still a reader (a promotion that was announced
     * and never happened) while another is none.
     */
    private String trueWriter(ClusterState state) {
        if (!isReader(state.writer())) {
            return state.writer();
        }
        return state.nodes().stream()
                .filter(node -> Files.exists(data(node).resolve("PG_VERSION")))
                .filter(node -> !isReader(node))
                .findFirst()
                .orElse(state.writer());
    }

    private boolean isReader(String node) {
        return Files.exists(data(node).resolve("standby.signal"));
    }

    private Path data(String node) {
        return new Layout(directory.resolve(node)).data();
    }

    /** Starts a stopped node as a reader of the state's writer. */
    void attach(ClusterState state, String name) {
        Server node = server(name);
        new Replication(host, state).attach(name, node, server(state.writer()));
        guard(node);
    }

    void start(Server server) {
        server.start();
        guard(server);
    }

    /**
     * A server started by a passer-by on a tied cluster must end with the cluster's owner, who is
     * another process.
     */
    private void guard(Server server) {
        boolean clusterIsTied = state().options().server().lifetime() == Lifetime.TIED;
        if (clusterIsTied && !tied) {
            new Watchdog(ownerFile(), lockFile(), server.data()).start();
        }
    }

    /** The writer first: it waits until its readers have everything. */
    void stopAll() {
        ClusterState state = state();
        state.nodes().forEach(node -> server(node).thaw());
        server(state.writer()).close();
        state.readers().forEach(node -> server(node).close());
    }

    /** Stops all without a checkpoint, for their data is of no use any more. */
    void abandonAll() {
        state().nodes().forEach(node -> server(node).abandon());
    }

    /** Stops a node and deletes all that it has. */
    void delete(String name) {
        server(name).abandon();
        servers.remove(name);
        try {
            SharedMemory.releaseUnder(directory.resolve(name));
            Directories.delete(directory.resolve(name));
        } catch (IOException failed) {
            throw new EmbeddedException(
                    "The directory of node " + name + " cannot be deleted: " + Causes.text(failed),
                    "Delete it by hand.",
                    failed);
        }
    }
}
