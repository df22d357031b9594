package org.howdah.proxy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.howdah.transport.EventLoop;
import org.howdah.wire.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The server connections of one database for one user, and the line of clients that wait for one.
 * All loops share it: a connection that becomes free goes to the client that has waited longest,
 * whichever loop that client lives on.
 *
 * <p>The lock is held for a few instructions and never while something is called that is not the
 * pool's.
 */
final class Pool implements Dialed {

    /** Connections that are made at the same time; more would only queue at the server. */
    private static final int DIALS = 8;

    /** A connection that still sends cannot move to another loop: so often it is looked at. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(1);

    private static final Duration MOST_WAIT = Duration.ofSeconds(5);

    /** Idle connections that are looked at for one that fits best. */
    private static final int MOST_LOOKS = 32;

    private final PoolKey key;
    private final Dialer dialer;
    private final Budget budget;
    private volatile Terms terms;

    private final Object lock = new Object();
    private final ArrayDeque<Server> idle = new ArrayDeque<>();
    private final ArrayDeque<Client> waiting = new ArrayDeque<>();
    private final Set<Consumer<Welcome>> newcomers = new LinkedHashSet<>();
    private final PoolCounters counters = new PoolCounters();
    private int connections;
    private int dialing;
    private int failures;
    private long retryAt;
    private Flow flow;
    private int epoch;
    private volatile @Nullable Welcome welcome;
    private volatile boolean sequences;
    private @Nullable Listener listener;
    private final Neighbors neighbors;
    private int clients;
    private long lastRetired;

    /** There is no place left for a connection that is wanted. */
    private volatile boolean starved;

    private final FunctionCatalog functions;
    private final SettingsShare share;
    private final Entrances entrances;
    private volatile Credentials credentials = Credentials.none();

    Pool(
            PoolKey key,
            Terms terms,
            Dialer dialer,
            Budget budget,
            Neighbors neighbors,
            FunctionCatalog functions,
            SettingsShare share,
            Flow flow) {
        this.key = key;
        this.flow = flow;
        this.terms = terms;
        this.dialer = dialer;
        this.budget = budget;
        this.neighbors = neighbors;
        this.functions = functions;
        this.share = share;
        this.entrances = new Entrances(share);
    }

    PoolKey key() {
        return key;
    }

    Terms terms() {
        return terms;
    }

    void terms(Terms next) {
        terms = next;
    }

    PoolMode mode() {
        return terms.pool().mode();
    }

    /** What the proxy can show the server for this user. */
    Credentials credentials() {
        return credentials;
    }

    /** A client has logged in; who shows nothing takes nothing away. */
    void credentials(Credentials latest) {
        if (latest instanceof Credentials.None || latest.equals(credentials)) {
            return;
        }
        credentials = latest;
        synchronized (lock) {
            // What the server refused may be right now.
            retryAt = 0;
        }
    }

    /** The server does not take them. */
    void forgetCredentials() {
        credentials = Credentials.none();
    }

    /** As whom its server connections are logged in. */
    String loginUser() {
        return terms.database().backend().user().orElse(key.user());
    }

    /** What is known of the database's functions. */
    FunctionCatalog functions() {
        return functions;
    }

    /** By which equal settings are the same object. */
    SettingsShare share() {
        return share;
    }

    /** How clients enter. */
    Entrances entrances() {
        return entrances;
    }

    /** Whether it is followed what clients leave in their sessions. */
    boolean followsSessions() {
        return mode() != PoolMode.SESSION;
    }

    /** Makes a connection that is not one of the pool's. */
    void dial(ProxyLoop loop, Dialed dialed) {
        dialer.dial(this, loop, dialed);
    }

    /** Listens for the clients; lives on this loop if it is made now. */
    Listener listener(ProxyLoop loop) {
        synchronized (lock) {
            if (listener == null) {
                listener = new Listener(this, loop);
            }
            return listener;
        }
    }

    /** Somebody has asked for what the session drew from a sequence. */
    void sequencesMatter() {
        sequences = true;
    }

    /** Whether what is drawn from sequences must not be seen by the next client. */
    boolean sequences() {
        return sequences;
    }

    /** What happens now and then. */
    PoolCounters counters() {
        return counters;
    }

    int packetBytes() {
        return terms.limits().packetBytes();
    }

    String resetQuery() {
        return terms.state().resetQuery();
    }

    /**
     * Whether statements are followed from server to server: not where a client keeps its server.
     */
    boolean tracksStatements() {
        return mode() != PoolMode.SESSION && preparedStatements() > 0;
    }

    /** Most statements that stay prepared on a connection. */
    int preparedStatements() {
        return terms.state().preparedStatements();
    }

    /** Whether unnamed statements that come often are prepared. */
    boolean autoPrepares() {
        return terms.database().autoPrepare().orElse(terms.state().autoPrepare());
    }

    boolean resetsAlways() {
        return terms.state().resetAlways();
    }

    /**
     * A connection for this client, if one is free on its loop and nobody waits; else the client
     * stands in line and will be {@linkplain Client#served served}. Called by the client's loop.
     */
    @Nullable Server acquire(Client client) {
        EventLoop loop = client.channel().loop();
        Server found = null;
        boolean stale = false;
        synchronized (lock) {
            if (flow == Flow.OPEN && waiting.isEmpty()) {
                found = takeIdle(loop, client.settings());
                stale = found != null && stale(found, loop);
            }
            if (found == null || stale) {
                waiting.add(client);
            }
        }
        if (found == null) {
            grow(client.home());
            return null;
        }
        if (stale) {
            check(found);
            return null;
        }
        if (!found.livesOn(loop)) {
            handOver(found, client);
            return null;
        }
        return found;
    }

    /**
     * The connection used last, if it can be one of this loop and with the settings that the client
     * needs: what is not needed gets old and is closed.
     */
    private @Nullable Server takeIdle(EventLoop loop, SessionSettings settings) {
        if (terms.pool().rotate()) {
            return idle.pollFirst();
        }
        Server last = idle.peekLast();
        if (last == null || (last.livesOn(loop) && last.session().settings().are(settings))) {
            return idle.pollLast();
        }
        Server near = null;
        int looks = MOST_LOOKS;
        for (var servers = idle.descendingIterator(); servers.hasNext() && looks-- > 0; ) {
            Server server = servers.next();
            if (server.livesOn(loop)) {
                near = near == null ? server : near;
                if (server.session().settings().are(settings)) {
                    servers.remove();
                    return server;
                }
            }
        }
        if (near == null) {
            return idle.pollLast();
        }
        idle.remove(near);
        return near;
    }

    private boolean stale(Server server, EventLoop loop) {
        long delay = terms.times().serverCheckDelay().toNanos();
        return terms.state().checkQuery().isPresent()
                && loop.turnNanos() - server.idleSince() > delay;
    }

    /** Asks whether the server is still there; it is released when it has answered. */
    private void check(Server server) {
        String query = terms.state().checkQuery().orElse("");
        server.channel().loop().execute(() -> server.check(query));
    }

    /** A clean connection that nobody has. Called by the connection's loop. */
    void release(Server server) {
        Client next = null;
        boolean surplus;
        synchronized (lock) {
            surplus =
                    flow == Flow.PAUSED
                            || server.epoch() != epoch
                            || connections > bound(true)
                            || retires(loop(server).turnNanos() - server.madeAt(), server);
            if (!surplus && flow == Flow.OPEN) {
                next = nextWaiting();
            }
            if (!surplus && next == null) {
                idle.addLast(server);
            }
        }
        if (surplus) {
            server.channel().close();
        } else if (next != null) {
            handOver(server, next);
        }
    }

    private void handOver(Server server, Client client) {
        EventLoop loop = client.channel().loop();
        if (server.livesOn(loop)) {
            client.served(server);
        } else {
            server.channel().loop().execute(() -> move(server, client));
        }
    }

    private void move(Server server, Client client) {
        if (!server.channel().open()) {
            synchronized (lock) {
                waiting.addFirst(client);
            }
            client.home().loop().execute(() -> grow(client.home()));
            return;
        }
        if (server.channel().backlogBytes() > 0) {
            // Data of a COPY that has failed still leaves; if it does not, the server is stuck.
            if (loop(server).turnNanos() - server.idleSince() > MOST_WAIT.toNanos()) {
                server.fail("it does not take what is sent to it");
            }
            loop(server).after(SHORT_WAIT, () -> move(server, client));
            return;
        }
        server.home().servers().remove(server);
        server.channel()
                .moveTo(
                        client.channel().loop(),
                        () -> {
                            server.home(client.home());
                            client.home().servers().add(server);
                            client.served(server);
                        });
    }

    private static EventLoop loop(Server server) {
        return server.channel().loop();
    }

    private @Nullable Client nextWaiting() {
        Client next = waiting.poll();
        while (next != null && !next.open()) {
            next = waiting.poll();
        }
        return next;
    }

    /** The most connections that there may be. */
    private int bound(boolean withReserve) {
        PoolSettings bounds = terms.pool();
        if (bounds.size() == 0) {
            return Integer.MAX_VALUE;
        }
        return withReserve ? bounds.size() + bounds.reserve() : bounds.size();
    }

    /**
     * Whether a connection has lived long enough. They are not ended all at once: there is a pause
     * between one and the next.
     */
    private boolean retires(long ageNanos, Server server) {
        long lifetime = terms.times().serverLifetime().toNanos();
        if (ageNanos <= lifetime) {
            return false;
        }
        long now = loop(server).turnNanos();
        if (lastRetired != 0 && now - lastRetired < lifetime / Math.max(1, terms.pool().size())) {
            return false;
        }
        lastRetired = now;
        return true;
    }

    /** Makes connections as far as clients wait for them and the bounds allow it. */
    void grow(ProxyLoop loop) {
        while (mayDial(loop.loop().turnNanos())) {
            dialer.dial(this, loop, this);
        }
    }

    private boolean mayDial(long now) {
        PoolSettings bounds = terms.pool();
        synchronized (lock) {
            int missing = minimum() - (connections - dialing);
            int wanted = Math.max(missing, Math.max(waiting.size(), newcomers.isEmpty() ? 0 : 1));
            if (flow != Flow.OPEN
                    || dialing >= Math.min(wanted, DIALS)
                    || (retryAt != 0 && now < retryAt)) {
                return false;
            }
            Client first = waiting.peek();
            boolean late =
                    first != null
                            && bounds.reserveAfter().isPositive()
                            && now - first.since() > bounds.reserveAfter().toNanos();
            if (connections >= bound(late)) {
                return false;
            }
            starved = !budget.take(key);
            if (!starved) {
                connections++;
                dialing++;
                return true;
            }
        }
        neighbors.evictFor(this);
        return false;
    }

    /** Connections that are kept open while the pool is in use. */
    private int minimum() {
        boolean used = clients > 0 || terms.database().backend().user().isPresent();
        return used ? terms.pool().minimum() : 0;
    }

    /** A client has logged in. */
    void entered() {
        synchronized (lock) {
            clients++;
        }
    }

    /** A client has left. */
    void left() {
        synchronized (lock) {
            clients--;
        }
    }

    /** Whether it wants a connection for which there is no place. */
    boolean starved() {
        return starved;
    }

    /** The connection that has been idle longest. */
    Optional<Server> longestIdle() {
        synchronized (lock) {
            return idle.stream().min(Comparator.comparingLong(Server::idleSince));
        }
    }

    /** Closes this connection if nobody has it. */
    void evict(Server server) {
        if (withdraw(server)) {
            server.channel().loop().execute(() -> server.channel().close());
        }
    }

    /** A connection was made and is logged in. Called by its loop. */
    @Override
    public void opened(Server server, Welcome greeting) {
        Optional<String> query = terms.database().backend().connectQuery();
        if (query.isPresent()) {
            server.session().prepare(query.get(), greeting, made -> ready(server, made));
        } else {
            ready(server, greeting);
        }
    }

    private void ready(Server server, Welcome greeting) {
        List<Consumer<Welcome>> told;
        synchronized (lock) {
            dialing--;
            failures = 0;
            retryAt = 0;
            welcome = greeting;
            server.epoch(epoch);
            told = List.copyOf(newcomers);
            newcomers.clear();
        }
        for (Consumer<Welcome> newcomer : told) {
            newcomer.accept(greeting);
        }
        server.enter();
    }

    /**
     * A connection could not be made. After a refused login all who wait are told, unless others
     * are connected; a server that is not there at all is waited for.
     */
    @Override
    public void failed(ProxyLoop loop, Refusal why, boolean refused) {
        List<Client> told = new ArrayList<>();
        List<Consumer<Welcome>> newcomersTold = new ArrayList<>();
        synchronized (lock) {
            dialing--;
            connections--;
            failures++;
            long pause = terms.times().serverLoginRetry().toNanos() << Math.min(failures - 1, 4);
            retryAt = loop.loop().turnNanos() + pause;
            if (refused && connections == 0) {
                told.addAll(waiting);
                waiting.clear();
                newcomersTold.addAll(newcomers);
                newcomers.clear();
            }
        }
        budget.giveBack(key);
        neighbors.placeFreed(key, loop);
        for (Client client : told) {
            client.home().loop().execute(() -> client.refuse(why));
        }
        for (Consumer<Welcome> newcomer : newcomersTold) {
            newcomer.accept(Welcome.refused(why));
        }
    }

    /** A connection has ended. Called by its loop. */
    void closed(Server server) {
        synchronized (lock) {
            idle.remove(server);
            connections--;
        }
        budget.giveBack(key);
        server.home().servers().remove(server);
        neighbors.placeFreed(key, server.home());
        grow(server.home());
    }

    /**
     * What a client of this pool is greeted with: what the server said to the first connection.
     * Called at once or when a connection has been made, on any loop.
     */
    void welcome(ProxyLoop loop, Consumer<Welcome> newcomer) {
        Welcome known = welcome;
        if (known != null) {
            newcomer.accept(known);
            return;
        }
        synchronized (lock) {
            known = welcome;
            if (known == null) {
                newcomers.add(newcomer);
            }
        }
        if (known != null) {
            newcomer.accept(known);
        } else {
            grow(loop);
        }
    }

    /** It waits for a welcome no longer. */
    void unwelcome(Consumer<Welcome> newcomer) {
        synchronized (lock) {
            newcomers.remove(newcomer);
        }
    }

    /** What runs on this connection is to be canceled; then something else is to be done. */
    void cancel(Server server, Runnable done) {
        dialer.cancel(server, done);
    }

    /** What an administrator wants of it. Serves those who wait when it is opened again. */
    void flow(Flow wanted) {
        List<Server> free = List.of();
        synchronized (lock) {
            flow = wanted;
            if (wanted == Flow.OPEN) {
                free = List.copyOf(idle);
                idle.clear();
            }
        }
        if (wanted == Flow.PAUSED) {
            closeIdle();
        }
        for (Server server : free) {
            server.channel().loop().execute(server::release);
        }
    }

    private void closeIdle() {
        List<Server> free;
        synchronized (lock) {
            free = List.copyOf(idle);
            idle.clear();
        }
        for (Server server : free) {
            server.channel().loop().execute(() -> server.channel().close());
        }
    }

    /** Clients that stand in line, and those who wait for their greeting, are told to go. */
    void refuseWaiting(Refusal why) {
        List<Client> told;
        List<Consumer<Welcome>> newcomersTold;
        synchronized (lock) {
            told = List.copyOf(waiting);
            waiting.clear();
            newcomersTold = List.copyOf(newcomers);
            newcomers.clear();
        }
        told.forEach(client -> client.home().loop().execute(() -> client.refuse(why)));
        newcomersTold.forEach(newcomer -> newcomer.accept(Welcome.refused(why)));
    }

    /** Closes the idle connections now and the others when they become free. */
    void reconnect() {
        synchronized (lock) {
            epoch++;
        }
        closeIdle();
    }

    /** Refuses clients that have waited too long and makes connections that are due. Any loop. */
    void tend(ProxyLoop home, long now) {
        Duration most = terms.times().queryWait();
        List<Client> late = new ArrayList<>();
        synchronized (lock) {
            Client first = waiting.peek();
            while (first != null
                    && (!first.open()
                            || (most.isPositive() && now - first.since() > most.toNanos()))) {
                late.add(waiting.remove());
                first = waiting.peek();
            }
        }
        for (Client client : late) {
            client.home().loop().execute(() -> client.late(Refusal.QUERY_WAIT));
        }
        grow(home);
    }

    /** Takes this connection out of the pool if it is idle, and too old or idle for too long. */
    boolean retire(Server server, long now) {
        Timeouts times = terms.times();
        synchronized (lock) {
            boolean unused =
                    Server.passed(times.serverIdle(), now - server.idleSince())
                            && connections > minimum();
            return idle.contains(server)
                    && (unused || retires(now - server.madeAt(), server))
                    && idle.remove(server);
        }
    }

    /** Takes this connection out of the pool if nobody has it. Called by its loop. */
    boolean withdraw(Server server) {
        synchronized (lock) {
            return idle.remove(server);
        }
    }

    /** Counts for the console and the metrics. */
    PoolState state() {
        synchronized (lock) {
            int waits = 0;
            long first = 0;
            for (Client client : waiting) {
                if (client.open()) {
                    waits++;
                    first = first == 0 ? client.since() : Math.min(first, client.since());
                }
            }
            return new PoolState(
                    key, mode(), connections, idle.size(), dialing, waits, first, flow, epoch);
        }
    }
}
