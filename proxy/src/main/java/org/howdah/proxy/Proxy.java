package org.howdah.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.howdah.postgres.Environment;
import org.howdah.transport.EventLoop;
import org.howdah.transport.Loops;
import org.howdah.transport.TransportWish;
import org.jspecify.annotations.Nullable;

/** The proxy: listeners, loops and pools. It runs from {@link #start} to {@link #close}. */
public final class Proxy implements AutoCloseable {

    private final ClientTable clients = new ClientTable(new SecureRandom());
    private final Cancels cancels = new Cancels(clients);
    private final List<ProxyLoop> loops = new ArrayList<>();
    private final Doors doors = new Doors(this, loops);
    private final AtomicInteger statementNumbers = new AtomicInteger();
    private final AtomicInteger serverNumbers = new AtomicInteger();
    private final Admission admission;
    private final Pools pools;
    private final Control control;
    private final ConsoleCommands commands = new ConsoleCommands(this);
    private final ConsoleDoor console = new ConsoleHall(this);
    private final Loads loads = new Loads();
    private final Statistics statistics = new Statistics(this);
    private @Nullable MetricsServer metrics;
    private volatile ProxySettings settings;

    private Proxy(SettingsBuilder.Built built, SettingsSource source, Environment environment) {
        this.settings = built.settings();
        this.control = new Control(this, built, source);
        this.admission = new Admission(settings, environment, this::pools);
        this.pools =
                new Pools(
                        settings,
                        new Dialer(() -> this.settings.listen().sockets(), admission.entry()));
    }

    /**
     * Starts to listen.
     *
     * @param source for RELOAD and SET
     * @throws IOException when an address cannot be listened on; nothing is left open then
     */
    public static Proxy start(SettingsBuilder.Built built, SettingsSource source)
            throws IOException {
        return start(built, source, Environment.ofProcess());
    }

    /**
     * Starts to listen.
     *
     * @param source for RELOAD and SET
     * @param environment where the password file is found, and who runs the proxy
     * @throws IOException when an address cannot be listened on; nothing is left open then
     */
    public static Proxy start(
            SettingsBuilder.Built built, SettingsSource source, Environment environment)
            throws IOException {
        Proxy proxy = new Proxy(built, source, environment);
        try {
            proxy.open();
            return proxy;
        } catch (IOException | RuntimeException failure) {
            proxy.close();
            throw failure;
        }
    }

    private void open() throws IOException {
        ListenSettings listen = settings.listen();
        for (int i = 0; i < Math.max(1, listen.loops()); i++) {
            EventLoop loop = Loops.start(wish(listen), "loop-" + i);
            ProxyLoop home = new ProxyLoop(loop, this, statementNumbers);
            loops.add(home);
            Janitor janitor = new Janitor(home, pools, () -> settings.timeouts());
            loop.every(Janitor.INTERVAL, janitor::sweep);
        }
        first().every(
                        Statistics.TICK,
                        () -> {
                            loads.measure(this);
                            statistics.tick();
                        });
        Optional<String> served = settings.log().metricsListen();
        if (served.isPresent()) {
            metrics = MetricsServer.start(this, served.get());
        }
        doors.open(listen);
    }

    private static TransportWish wish(ListenSettings listen) {
        return listen.transport()
                .map(kind ->
                        switch (kind) {
                            case IO_URING -> TransportWish.IO_URING;
                            case NIO -> TransportWish.NIO;
                        })
                .orElse(TransportWish.BEST);
    }

    ProxySettings settings() {
        return settings;
    }

    /** The last number that a server connection was given. */
    AtomicInteger serverNumbers() {
        return serverNumbers;
    }

    ClientTable clientTable() {
        return clients;
    }

    /** Who comes in. */
    Admission admission() {
        return admission;
    }

    /** Where clients of the database pgbouncer go. */
    ConsoleDoor console() {
        return console;
    }

    /** What there is to know, and to be done, on the console. */
    ConsoleCommands commands() {
        return commands;
    }

    /** What has been done, pool by pool. */
    Statistics statistics() {
        return statistics;
    }

    /** How busy the loops are. */
    Loads loads() {
        return loads;
    }

    /** Asks each loop, and waits for the answers. Not from a loop. */
    <T> List<T> onEach(Function<ProxyLoop, T> question) {
        List<CompletableFuture<T>> answers = new ArrayList<>();
        for (ProxyLoop home : loops) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            answers.add(answer);
            home.loop().execute(() -> answer.complete(question.apply(home)));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    Pools pools() {
        return pools;
    }

    Cancels cancels() {
        return cancels;
    }

    /** Clients that keep their server connections, for the console. */
    List<PinState> pins() {
        return clients.all().stream().map(Pins::state).flatMap(Optional::stream).toList();
    }

    /** Where it listens. */
    public List<SocketAddress> addresses() {
        return doors.addresses();
    }

    /** On which transport each loop runs, and why. */
    public List<EventLoop.Choice> transports() {
        return loops.stream().map(home -> home.loop().choice()).toList();
    }

    /** For administrators. */
    public Control control() {
        return control;
    }

    /** Any loop will do for this. */
    EventLoop first() {
        return loops.getFirst().loop();
    }

    List<ProxyLoop> loops() {
        return loops;
    }

    /** Clients that are logged in. */
    int clients() {
        return clients.count();
    }

    /** Listens no more. */
    void refuseNewcomers() {
        doors.close();
    }

    /** Where metrics are served. */
    Optional<InetSocketAddress> metrics() {
        return Optional.ofNullable(metrics).map(MetricsServer::address);
    }

    /** From now on these settings hold; clients stay. */
    void reload(ProxySettings next) {
        admission.settings(next);
        settings = next;
        pools.settings(next);
    }

    /** Ends everything at once. */
    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
        }
        for (ProxyLoop home : loops) {
            home.loop().close();
        }
        admission.close();
    }
}
