package org.howdah.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A writer and its streaming readers on this machine, in one directory: {@code node1}, {@code
 * node2}, … with a data directory each, and {@code cluster.properties}, by which any process finds
 * them again. Names of nodes say nothing of their roles, which change.
 *
 * <p>Operations that change the cluster exclude each other across processes.
 */
public final class LocalCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOKING = Duration.ofMillis(200);

    private final ClusterNodes nodes;
    private final Optional<TemporaryDirectory> temporary;
    private volatile Optional<HeldLock> ownership = Optional.empty();

    private LocalCluster(Host host, Path directory, Optional<TemporaryDirectory> temporary) {
        this.nodes = new ClusterNodes(host, directory.toAbsolutePath().normalize());
        this.temporary = temporary;
    }

    /**
     * Makes or starts the cluster in that directory, or joins the one that runs there. Refuses when
     * what is there has another major version or number of readers.
     */
    public static LocalCluster start(Path directory, ClusterOptions options, Host host) {
        LocalCluster cluster = new LocalCluster(host, directory, Optional.empty());
        cluster.start(options);
        return cluster;
    }

    /** Starts (or joins) the cluster that is in that directory as it was, with this lifetime. */
    public static LocalCluster resume(Path directory, Lifetime lifetime, Host host) {
        LocalCluster cluster = open(directory, host);
        ClusterOptions options = cluster.nodes.state().options();
        cluster.start(options.withServer(options.server().withLifetime(lifetime)));
        return cluster;
    }

    /** A cluster in a temporary directory that is deleted on close; it ends with this process. */
    public static LocalCluster temporary(ClusterOptions options, Host host) {
        TemporaryDirectory directory = TemporaryDirectory.in(host);
        LocalCluster cluster = new LocalCluster(host, directory.path(), Optional.of(directory));
        ServerOptions tied = options.server().withLifetime(Lifetime.TIED);
        try {
            cluster.start(options.withServer(tied));
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
        return cluster;
    }

    /** Whether there is a cluster in that directory, running or not. */
    public static boolean exists(Path directory) {
        return ClusterState.read(directory.toAbsolutePath().normalize()).isPresent();
    }

    /** The cluster in that directory, running or not; for its status, to stop or promote. */
    public static LocalCluster open(Path directory, Host host) {
        LocalCluster cluster = new LocalCluster(host, directory, Optional.empty());
        cluster.nodes.state();
        return cluster;
    }

    private HeldLock locked() {
        return HeldLock.exclusive(nodes.lockFile(), PATIENCE);
    }

    private void start(ClusterOptions options) {
        ownership = new ClusterStart(nodes, options, PATIENCE).run();
    }

    /** Whether this process started the cluster and its end is the cluster's end. */
    public boolean owned() {
        return ownership.isPresent();
    }

    public Path directory() {
        return nodes.directory();
    }

    public ClusterOptions options() {
        return nodes.state().options();
    }

    public Server writer() {
        return nodes.writer();
    }

    public List<Server> readers() {
        return nodes.state().readers().stream().map(nodes::server).toList();
    }

    /** All servers by the name of their node, in the order in which they were made. */
    public Map<String, Server> servers() {
        Map<String, Server> servers = new TreeMap<>();
        nodes.state().nodes().forEach(name -> servers.put(name, nodes.server(name)));
        return servers;
    }

    public Server server(String node) {
        return nodes.server(node);
    }

    public String writerName() {
        return nodes.state().writer();
    }

    public List<String> readerNames() {
        return nodes.state().readers();
    }

    /** Adds a reader to the running writer, as a copy of it; the answer is its name. */
    public String addReader() {
        try (HeldLock _ = locked()) {
            return new Membership(nodes).add();
        }
    }

    /** Removes a reader and its data. */
    public void removeReader(String name) {
        try (HeldLock _ = locked()) {
            new Membership(nodes).remove(name);
        }
    }

    /** Makes the running reader that has received most the writer; the answer is its name. */
    public String promote() {
        try (HeldLock _ = locked()) {
            String best = new Promotion(nodes).bestReader();
            new Promotion(nodes).promote(best);
            return best;
        }
    }

    /**
     * Makes that reader the writer. A running writer is stopped first, loses nothing and comes back
     * as a reader; one that is down or frozen stays as it is until {@link #reattach}.
     */
    public void promote(String node) {
        try (HeldLock _ = locked()) {
            new Promotion(nodes).promote(node);
        }
    }

    /**
     * Brings a node back as a reader: a crashed or frozen reader, or a former writer. Its data is
     * copied again from the writer when it has WAL that the writer never had.
     */
    public void reattach(String node) {
        try (HeldLock _ = locked()) {
            ClusterState state = nodes.state();
            if (node.equals(state.writer())) {
                throw new EmbeddedException(
                        "Node " + node + " is the writer and cannot follow itself.",
                        "Promote another node first.");
            }
            Server server = nodes.server(node);
            if (server.frozen()) {
                server.crash();
            } else {
                server.close();
            }
            nodes.attach(state, node);
        }
    }

    /** Starts what is down, the writer included. */
    public void heal() {
        try (HeldLock _ = locked()) {
            nodes.startAll();
        }
    }

    public List<NodeStatus> status() {
        ClusterState state = nodes.state();
        Map<String, Long> lags = ReplayLag.of(nodes.server(state.writer()));
        List<NodeStatus> all = new ArrayList<>();
        for (String name : state.nodes()) {
            Server server = nodes.server(name);
            Long lag = lags.get(name);
            all.add(
                    new NodeStatus(
                            name,
                            name.equals(state.writer())
                                    ? NodeStatus.Role.WRITER
                                    : NodeStatus.Role.READER,
                            stateOf(server),
                            server.port(),
                            server.pid(),
                            server.directory(),
                            lag == null ? OptionalLong.empty() : OptionalLong.of(lag)));
        }
        return all;
    }

    private static NodeStatus.State stateOf(Server server) {
        if (!server.running()) {
            return NodeStatus.State.STOPPED;
        }
        return server.frozen() ? NodeStatus.State.FROZEN : NodeStatus.State.RUNNING;
    }

    /** Whether any server runs, frozen or not. */
    public boolean running() {
        return nodes.anyRunning();
    }

    /** Waits until no server runs because somebody stopped the cluster, or for an interrupt. */
    public void awaitEnd() {
        while (!ended() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOKING.toNanos());
        }
    }

    /** During a promotion, too, no server may run for a moment. */
    private boolean ended() {
        if (nodes.anyRunning()) {
            return false;
        }
        return HeldLock.tryExclusive(nodes.lockFile())
                .map(lock -> {
                    try (lock) {
                        return !nodes.anyRunning();
                    }
                })
                .orElse(false);
    }

    /** Stops all servers, whoever started them. The data stays. */
    public void stop() {
        try (HeldLock _ = locked()) {
            nodes.stopAll();
        }
    }

    /**
     * Stops the cluster if this process owns it, and deletes a temporary one. A detached cluster,
     * and one that was joined, runs on. An interrupt is kept for later: files cannot be written by
     * an interrupted thread.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            end();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end() {
        if (temporary.isPresent()) {
            if (ClusterState.read(nodes.directory()).isPresent()) {
                nodes.abandonAll();
            }
            ownership.ifPresent(HeldLock::close);
            ownership = Optional.empty();
            temporary.get().close();
            return;
        }
        if (ownership.isPresent()) {
            try {
                stop();
            } finally {
                ownership.ifPresent(HeldLock::close);
                ownership = Optional.empty();
            }
        }
    }
}
