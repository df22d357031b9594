package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * A client that is logged in. Idle, it has no server connection and no buffer; with its first
 * message it gets one from its pool, or waits in line, and its messages pass through {@link
 * Requests} to the server until nothing more is owed and nothing pins them together.
 */
final class Client implements Receiver {

    /** The number of a client that is the proxy itself: it is in no table. */
    static final int INNER = 0;

    /** A client that waits in line may send so much before it is read no more. */
    private static final int WAITING_BYTES = 64 * 1024;

    private final Channel channel;
    private final Pool pool;
    private final ProxyLoop home;
    private final int number;
    private @Nullable Server server;
    private volatile boolean waiting;
    private volatile boolean open = true;
    private long since;

    /** Bytes of the current message that have not come yet. */
    private int body;

    private boolean held;

    private final int connectedSeconds;

    private @Nullable ClientStatements statements;

    /** What its session began with, to which a RESET leads back, and what is set in it now. */
    private SessionSettings base = SessionSettings.NONE;

    private SessionSettings settings = SessionSettings.NONE;
    private @Nullable ClientSession session;

    /** It is not greeted yet: a server is asked about its startup settings. */
    private @Nullable FirstVisit visit;

    Client(ProxyLoop home, Channel channel, Pool pool, int number) {
        this.home = home;
        this.channel = channel;
        this.pool = pool;
        this.number = number;
        this.since = home.loop().turnNanos();
        this.connectedSeconds = (int) TimeUnit.NANOSECONDS.toSeconds(since);
    }

    Channel channel() {
        return channel;
    }

    Pool pool() {
        return pool;
    }

    /** By which a cancel request finds it: the process in its BackendKeyData. */
    int number() {
        return number;
    }

    ProxyLoop home() {
        return home;
    }

    /** Bytes of its current message that are still to be passed. */
    int body() {
        return body;
    }

    void body(int bytes) {
        body = bytes;
    }

    @Nullable Server server() {
        return server;
    }

    /** The statements that it believes to be prepared. */
    ClientStatements statements() {
        if (statements == null) {
            statements = new ClientStatements();
        }
        return statements;
    }

    /** It begins with these settings. */
    void begin(SessionSettings startup) {
        base = startup;
        settings = startup;
    }

    /** Before it is greeted a server is asked about its startup settings. */
    void enter(FirstVisit first) {
        visit = first;
        acquire();
    }

    /** Gets a server connection or a place in line. */
    private @Nullable Server acquire() {
        since = channel.loop().turnNanos();
        waiting = true;
        Server found = pool.acquire(this);
        if (found != null) {
            waiting = false;
            attach(found);
        }
        return found;
    }

    /** It has been greeted. */
    void entered() {
        visit = null;
        Server last = server;
        server = null;
        if (last != null) {
            last.unlink(Afterwards.RELEASE, false);
        }
        channel.redeliver();
    }

    SessionSettings base() {
        return base;
    }

    SessionSettings settings() {
        return settings;
    }

    void settings(SessionSettings now) {
        settings = now;
    }

    /** What else its session holds, if anything. */
    @Nullable ClientSession sessionIfAny() {
        return session;
    }

    /** What else its session holds. */
    ClientSession session() {
        if (session == null) {
            session = new ClientSession();
        }
        return session;
    }

    /** Whether it has listened to any through its pool's listener. */
    boolean listens() {
        return session != null && session.listens();
    }

    /** What comes for it from channels that it listens to. */
    News news() {
        return new News(this);
    }

    /** Why it keeps its server connection beyond transactions, as a set of {@link Pin}s. */
    int pins() {
        return session == null ? 0 : session.pins();
    }

    /** The same, if there are any. */
    @Nullable ClientStatements statementsIfAny() {
        return statements;
    }

    boolean waiting() {
        return waiting;
    }

    boolean open() {
        return open;
    }

    /** When it has logged in, by {@link System#nanoTime} in seconds. */
    int connectedSeconds() {
        return connectedSeconds;
    }

    /** When it began to wait, or had its last answer, by {@link System#nanoTime}. */
    long since() {
        return since;
    }

    @Override
    public int received(ByteBuffer in, int begin, int to) {
        if (waiting || visit != null) {
            return wait(begin, to);
        }
        int from = begin;
        Server target = server;
        if (target == null) {
            from = Unasked.drop(this, in, begin, to);
            if (to - from < HEADER || !open) {
                return from;
            }
            if (in.get(from) == 'X') {
                close(true);
                return to;
            }
            target = acquire();
            if (target == null) {
                return from;
            }
        }
        if (target.session().holding()) {
            return wait(from, to);
        }
        if (target.cancels().any() && target.replies.isEmpty()) {
            return from;
        }
        int taken = home.requests().forward(this, target, in, from, to);
        target.tally().received += taken - from;
        return taken;
    }

    private int wait(int from, int to) {
        if (to - from > WAITING_BYTES) {
            channel.pauseReading();
        }
        return from;
    }

    /** What it has sent must wait until the server has answered what was sent before. */
    void hold() {
        held = true;
    }

    /** Its turn in line has come. Called on its own loop. */
    void served(Server next) {
        waiting = false;
        if (!open) {
            next.release();
            return;
        }
        attach(next);
        if (visit == null) {
            goOn(next);
        }
    }

    /** What it has sent meanwhile is taken. */
    private void goOn(Server there) {
        channel.redeliver();
        if (channel.readingPaused() && !there.channel().congested()) {
            channel.resumeReading();
        }
    }

    private void attach(Server next) {
        server = next;
        next.link(this);
        next.work().assigned(channel.loop().turnNanos() - since);
        if (visit != null) {
            visit.begin(this, next);
        } else if (!next.session().settings().are(settings)) {
            pool.counters().replayed();
            next.session().adapt(this);
        } else {
            next.forgetSequences();
        }
    }

    /** Its settings hold on its server connection. */
    void adapted(Server there) {
        there.forgetSequences();
        goOn(there);
    }

    /** The server has answered all that it was asked. */
    void answered(Server from) {
        since = channel.loop().turnNanos();
        if (pool.mode() == PoolMode.SESSION && from.status() == Server.IDLE && body == 0) {
            from.session().restore(this);
            return;
        }
        if (pool.mode() == PoolMode.SESSION || from.status() != Server.IDLE || body > 0) {
            if (pool.mode() == PoolMode.STATEMENT && from.status() != Server.IDLE) {
                refuse(Refusal.TRANSACTION_IN_STATEMENT_MODE);
            }
            return;
        }
        if (!from.session().settled(this)) {
            return;
        }
        if (listens()) {
            news().deliver();
        }
        if (pins() != 0) {
            if (!from.session().settings().are(settings)) {
                from.session().adapt(this);
            }
            return;
        }
        server = null;
        from.unlink(pool.resetsAlways() ? Afterwards.RESET : Afterwards.RELEASE, false);
        if (channel.readingPaused()) {
            channel.resumeReading();
        }
        if (held) {
            held = false;
            channel.loop().execute(channel::redeliver);
        }
    }

    /** What the client sent cannot be understood or is not allowed: it is told and let go. */
    void refuse(Refusal why) {
        if (!open) {
            return;
        }
        boolean midMessage = server != null && server.midMessage();
        leave(true);
        if (midMessage) {
            // What we say would be read as the rest of that message.
            channel.close();
        } else {
            home.tell(channel, why);
            channel.finish();
        }
    }

    /**
     * Ends it.
     *
     * @param cancel whether what it has asked for is not to be done; it is when the client says
     *     that it goes, as without us
     */
    void close(boolean cancel) {
        leave(cancel);
        channel.close();
    }

    private void leave(boolean cancel) {
        open = false;
        Server last = server;
        server = null;
        if (last == null) {
            return;
        }
        if (body > 0) {
            last.abandon("its client left in the middle of a message");
        } else {
            last.unlink(Pins.parting(this), cancel);
        }
    }

    /**
     * The server connection has ended under it.
     *
     * @param told whether the server itself has said why
     */
    void serverLost(boolean told) {
        boolean midMessage = server != null && server.midMessage();
        server = null;
        if (!open) {
            return;
        }
        if (midMessage) {
            close(true);
        } else if (told) {
            open = false;
            channel.finish();
        } else {
            refuse(Refusal.SERVER_LOST);
        }
    }

    @Override
    public void drained() {
        news().deliver();
        if (server != null) {
            server.channel().resumeReading();
        }
    }

    @Override
    public void closed(Closing why) {
        if (open) {
            leave(true);
        }
        if (statements != null) {
            statements.forgetAll();
        }
        news().end();
        home.left(this);
    }
}
