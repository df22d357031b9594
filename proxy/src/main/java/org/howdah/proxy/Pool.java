package org.howdah.proxy;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.howdah.transport.EventLoop;
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

    private final PoolKey key;
    private final Dialer dialer;
    private final Budget budget;
    private volatile Terms terms;

    private final Object lock = new Object();
    private final IdleServers idle = new IdleServers();
    private final WaitingLine waiting = new WaitingLine();
    private final PoolSize size = new PoolSize(this::terms);
    private final Newcomers newcomers = new Newcomers();
    private final HandOver handOver = new HandOver(this::waitAgain);
    private final PoolCounters counters = new PoolCounters();
    private Flow flow;
    private int epoch;
    private final Neighbors neighbors;

    /** There is no place left for a connection that is wanted. */
    private volatile boolean starved;

    private final SessionCommons sessions;
    private final ProvenCredentials credentials = new ProvenCredentials(this::retryNow);

    Pool(
            PoolKey key,
            Terms terms,
            Dialer dialer,
            Budget budget,
            Neighbors neighbors,
            SessionCommons sessions,
            Flow flow) {
        this.key = key;
        this.flow = flow;
        this.terms = terms;
        this.dialer = dialer;
        this.budget = budget;
        this.neighbors = neighbors;
        this.sessions = sessions;
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
    ProvenCredentials credentials() {
        return credentials;
    }

    private void retryNow() {
        synchronized (lock) {
            size.retryNow();
        }
    }

    /** What the sessions of its clients have in common. */
    SessionCommons sessions() {
        return sessions;
    }

    /** Makes a connection that is not one of the pool's. */
    void dial(ProxyLoop loop, Dialed dialed) {
        dialer.dial(this, loop, dialed);
    }

    /** Listens for the clients; lives on this loop if it is made now. */
    Listener listener(ProxyLoop loop) {
        return sessions.listener(this, loop);
    }

    /** What happens now and then. */
    PoolCounters counters() {
        return counters;
    }

    int packetBytes() {
        return terms.limits().packetBytes();
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
        Server found;
        Optional<String> check = Optional.empty();
        synchronized (lock) {
            boolean free = flow == Flow.OPEN && waiting.isEmpty();
            found = free ? takeIdle(loop, client.settings()) : null;
            if (found != null) {
                check = terms.check(loop.turnNanos() - found.idleSince());
            }
            if (found == null || check.isPresent()) {
                waiting.add(client);
            }
        }
        if (found == null) {
            grow(client.home());
            return null;
        }
        if (check.isPresent()) {
            // It is released when it has answered, and then the client gets it.
            Server doubted = found;
            String query = check.get();
            doubted.channel().loop().execute(() -> doubted.check(query));
            return null;
        }
        if (!found.livesOn(loop)) {
            handOver.deliver(found, client);
            return null;
        }
        return found;
    }

    private @Nullable Server takeIdle(EventLoop loop, SessionSettings settings) {
        return terms.pool().rotate() ? idle.takeFirst() : idle.takeBest(loop, settings);
    }

    /** A clean connection that nobody has. Called by the connection's loop. */
    void release(Server server) {
        Client next = null;
        boolean surplus;
        synchronized (lock) {
            surplus =
                    flow == Flow.PAUSED
                            || server.epoch() != epoch
                            || size.exceeded()
                            || size.retires(server, server.channel().loop().turnNanos());
            if (!surplus && flow == Flow.OPEN) {
                next = waiting.take();
            }
            if (!surplus && next == null) {
                idle.add(server);
            }
        }
        if (surplus) {
            server.channel().close();
        } else if (next != null) {
            handOver.deliver(server, next);
        }
    }

    private void waitAgain(Client client) {
        synchronized (lock) {
            waiting.addFirst(client);
        }
        client.home().loop().execute(() -> grow(client.home()));
    }

    /** Makes connections as far as clients wait for them and the bounds allow it. */
    void grow(ProxyLoop loop) {
        while (mayDial(loop.loop().turnNanos())) {
            dialer.dial(this, loop, this);
        }
    }

    private boolean mayDial(long now) {
        synchronized (lock) {
            int wanted = Math.max(waiting.size(), newcomers.anyWaits() ? 1 : 0);
            boolean late = waiting.waitsLongerThan(terms.pool().reserveAfter(), now);
            if (flow != Flow.OPEN || !size.grows(wanted, late, now)) {
                return false;
            }
            starved = !budget.take(key);
            if (!starved) {
                size.dials();
                return true;
            }
        }
        neighbors.evictFor(this);
        return false;
    }

    /** A client has logged in. */
    void entered() {
        synchronized (lock) {
            size.entered();
        }
    }

    /** A client has left. */
    void left() {
        synchronized (lock) {
            size.left();
        }
    }

    boolean starved() {
        return starved;
    }

    /** The connection that has been idle longest. */
    Optional<Server> longestIdle() {
        synchronized (lock) {
            return idle.longest();
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
        synchronized (lock) {
            size.opened();
            server.epoch(epoch);
        }
        newcomers.learn(greeting);
        server.enter();
    }

    /**
     * A connection could not be made. After a refused login all who wait are told, unless others
     * are connected; a server that is not there at all is waited for.
     */
    @Override
    public void failed(ProxyLoop loop, Refusal why, boolean refused) {
        List<Client> told = List.of();
        boolean hopeless;
        synchronized (lock) {
            size.failed(loop.loop().turnNanos());
            hopeless = refused && size.connections() == 0;
            if (hopeless) {
                told = waiting.takeAll();
            }
        }
        budget.giveBack(key);
        neighbors.placeFreed(key, loop);
        refuse(told, why);
        if (hopeless) {
            newcomers.refuse(why);
        }
    }

    private static void refuse(List<Client> clients, Refusal why) {
        clients.forEach(client -> client.home().loop().execute(() -> client.refuse(why)));
    }

    /** A connection has ended. Called by its loop. */
    void closed(Server server) {
        synchronized (lock) {
            idle.remove(server);
            size.closed();
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
        if (!newcomers.greet(newcomer)) {
            grow(loop);
        }
    }

    /** It waits for a welcome no longer. */
    void unwelcome(Consumer<Welcome> newcomer) {
        newcomers.forget(newcomer);
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
            if (wanted == Flow.OPEN || wanted == Flow.PAUSED) {
                free = idle.takeAll();
            }
        }
        Consumer<Server> fate = wanted == Flow.PAUSED ? Server::close : Server::release;
        free.forEach(server -> server.channel().loop().execute(() -> fate.accept(server)));
    }

    /** Clients that stand in line, and those who wait for their greeting, are told to go. */
    void refuseWaiting(Refusal why) {
        List<Client> told;
        synchronized (lock) {
            told = waiting.takeAll();
        }
        refuse(told, why);
        newcomers.refuse(why);
    }

    /** Closes the idle connections now and the others when they become free. */
    void reconnect() {
        List<Server> free;
        synchronized (lock) {
            epoch++;
            free = idle.takeAll();
        }
        free.forEach(server -> server.channel().loop().execute(server::close));
        sessions.reconnect();
    }

    /** Refuses clients that have waited too long and makes connections that are due. Any loop. */
    void tend(ProxyLoop home, long now) {
        List<Client> late;
        synchronized (lock) {
            late = waiting.takeLate(terms.times().queryWait(), now);
        }
        for (Client client : late) {
            client.home().loop().execute(() -> client.refuse(Refusal.QUERY_WAIT));
        }
        grow(home);
    }

    /** Takes this connection out of the pool if it is idle, and too old or idle for too long. */
    boolean retire(Server server, long now) {
        Timeouts times = terms.times();
        synchronized (lock) {
            boolean unused =
                    Overdue.passed(times.serverIdle(), now - server.idleSince())
                            && size.connections() > size.minimum();
            return idle.contains(server)
                    && (unused || size.retires(server, now))
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
            return new PoolState(
                    key,
                    mode(),
                    size.connections(),
                    idle.size(),
                    size.dialing(),
                    waiting.count(),
                    waiting.oldest(),
                    flow,
                    epoch);
        }
    }
}
