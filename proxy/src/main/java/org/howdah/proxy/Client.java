package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.wire.FrontendType;
import org.howdah.wire.ParameterStatus;
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

    private static final long SECOND = 1_000_000_000;

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

    /** By {@link System#nanoTime}, in seconds. */
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
        this.connectedSeconds = (int) (since / SECOND);
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
        since = channel.loop().turnNanos();
        waiting = true;
        Server target = pool.acquire(this);
        if (target != null) {
            waiting = false;
            attach(target);
        }
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

    /** As after DISCARD ALL. */
    void resetSettings() {
        settings = base;
    }

    /** What else its session holds. */
    ClientSession session() {
        if (session == null) {
            session = new ClientSession();
        }
        return session;
    }

    /** The channels that it listens to. */
    Listening listening() {
        return session().listening();
    }

    /** Whether it has listened to any through its pool's listener. */
    boolean listens() {
        return session != null && session.listens();
    }

    /** A transaction has ended, or a statement outside of one. */
    void transactionEnded(boolean committed) {
        if (listens() && listening().undecided()) {
            for (String channel : listening().ended(committed)) {
                pool.listener(home).leave(channel, this);
            }
        }
    }

    /**
     * A notification has come for it: it is told at once, or when it is not in the middle of
     * anything.
     */
    void notified(String channelName, byte[] message) {
        if (open && listens()) {
            listening().heard(channelName, message);
            deliver();
        }
    }

    /** The listener hears a channel for it now, or cannot. */
    void joined(String channelName, boolean joins) {
        listening().answered(channelName, joins);
        if (!open) {
            pool.listener(home).leave(channelName, this);
            return;
        }
        channel.redeliver();
        if (channel.readingPaused() && (server == null || !server.channel().congested())) {
            channel.resumeReading();
        }
    }

    /** The listener was disconnected for a while. */
    void missed() {
        if (open && listens()) {
            listening().missed();
            deliver();
        }
    }

    private void deliver() {
        Server target = server;
        boolean quiet = target == null || (target.settled() && target.status() == Server.IDLE);
        if (quiet && listens() && !channel.congested()) {
            listening().deliver(channel);
        }
    }

    /** Why it keeps its server connection beyond transactions, as a set of {@link Pin}s. */
    int pins() {
        return session == null ? 0 : session.pins();
    }

    /** When the first of them came, by {@link System#nanoTime}. */
    long pinnedSince() {
        return session == null ? 0 : session.pinnedSince();
    }

    /** For the console: what pins it, if anything does. Any thread. */
    Optional<PinState> pinState() {
        int pins = pins();
        Server kept = server;
        if (pins == 0 || kept == null) {
            return Optional.empty();
        }
        return Optional.of(
                new PinState(
                        pool.key(),
                        number,
                        Pin.of(pins),
                        pinnedSince(),
                        kept.identity().key().processId()));
    }

    /** Whether the server must be asked about everything after each transaction. */
    boolean asksAgain() {
        return session != null && session.asksAgain();
    }

    /** Of the pins that the server was asked about it has found these. */
    void pinned(int asked, int found) {
        int before = pins();
        int now = (before & ~asked) | found;
        if (now == before) {
            return;
        }
        session().pins(now, channel.loop().turnNanos());
        for (Pin pin : Pin.values()) {
            if ((now & ~before & pin.bit()) != 0) {
                pool.counters().pinned(pin);
            }
        }
    }

    /** These pins hold until it leaves. */
    void pin(int pins) {
        pinned(0, pins);
    }

    /** A simple query takes the unnamed statement away. */
    void forgetUnnamed() {
        if (statements != null) {
            statements.forgetUnnamed();
        }
    }

    boolean waiting() {
        return waiting;
    }

    /** Neither waiting for a server connection nor having one. */
    boolean idle() {
        return open && !waiting && server == null;
    }

    boolean open() {
        return open;
    }

    /** When it has logged in, by {@link System#nanoTime} in seconds. */
    int connectedSeconds() {
        return connectedSeconds;
    }

    /** What it calls itself; empty where it does not. */
    String applicationName() {
        return "";
    }

    /** Statements that it believes to be prepared under a name. */
    int statementCount() {
        return statements == null ? 0 : statements.size();
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
            from = unasked(in, begin, to);
            if (to - from < HEADER || !open) {
                return from;
            }
            if (in.get(from) == 'X') {
                close();
                return to;
            }
            since = channel.loop().turnNanos();
            waiting = true;
            target = pool.acquire(this);
            if (target == null) {
                return from;
            }
            waiting = false;
            attach(target);
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

    /**
     * Drops what needs no server: the rest of a COPY that has failed, and Flush. Returns the index
     * behind it.
     */
    private int unasked(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to) {
            if (body > 0) {
                int piece = Math.min(body, to - at);
                body -= piece;
                at += piece;
                continue;
            }
            if (to - at < HEADER || !unasked(in.get(at))) {
                return at;
            }
            int length = Frames.length(in, at);
            if (length < HEADER || length > pool.packetBytes()) {
                refuse(Refusal.BAD_MESSAGE);
                return to;
            }
            body = length;
        }
        return at;
    }

    private static boolean unasked(byte type) {
        return type == FrontendType.COPY_DATA
                || type == FrontendType.COPY_DONE
                || type == FrontendType.COPY_FAIL
                || type == FrontendType.FLUSH;
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
        if (visit != null) {
            attach(next);
            return;
        }
        attach(next);
        channel.redeliver();
        if (channel.readingPaused() && !next.channel().congested()) {
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
            forgetSequences(next);
        }
    }

    private void forgetSequences(Server there) {
        if (pool.sessions().sequences() && pool.mode() != PoolMode.SESSION) {
            there.forgetSequences();
        }
    }

    /** Its settings hold on its server connection. */
    void adapted(Server there, Map<String, String> reported) {
        if (session != null && session.tellsSettings()) {
            session.tellsSettings(false);
            var out = home.writer();
            reported.forEach((name, value) -> new ParameterStatus(name, value).writeTo(out));
            home.send(channel);
        }
        forgetSequences(there);
        channel.redeliver();
        if (channel.readingPaused() && !there.channel().congested()) {
            channel.resumeReading();
        }
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
        deliver();
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

    /**
     * Somebody who knows this client's key wants what runs for it to be canceled.
     *
     * @param done what is to be done when nothing can be hit by that any more
     */
    void cancelRequested(Runnable done) {
        if (server != null && server.session().inquiring()) {
            server.session().cancelLater(done);
            return;
        }
        if (server != null && !server.replies.isEmpty()) {
            pool.cancel(server, done);
            return;
        }
        if (waiting && open) {
            refuse(Refusal.CANCELED_WHILE_WAITING);
        }
        done.run();
    }

    /** What the client sent cannot be understood or is not allowed: it is told and let go. */
    void refuse(Refusal why) {
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

    /** It waits, or works, for too long. */
    void late(Refusal why) {
        if (open) {
            refuse(why);
        }
    }

    /** Our own wish. */
    void close() {
        leave(true);
        channel.close();
    }

    /** It says that it goes: what it has asked for is still done, as without us. */
    void terminate() {
        leave(false);
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
            last.unlink(parting(), cancel);
        }
    }

    private Afterwards parting() {
        int pins = pins();
        if ((pins & (Pin.LASTING.bit() | Pin.TEMPORARY_SLOT.bit())) != 0) {
            return Afterwards.RETIRE;
        }
        if (pins != 0) {
            return Afterwards.DISCARD;
        }
        return pool.mode() == PoolMode.SESSION || pool.resetsAlways()
                ? Afterwards.RESET
                : Afterwards.RELEASE;
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
        if (told || midMessage) {
            open = false;
            finish(midMessage);
        } else {
            refuse(Refusal.SERVER_LOST);
        }
    }

    private void finish(boolean atOnce) {
        if (atOnce) {
            channel.close();
        } else {
            channel.finish();
        }
    }

    @Override
    public void drained() {
        deliver();
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
        if (listens()) {
            listening().all().forEach(name -> pool.listener(home).leave(name, this));
        }
        home.left(this);
    }
}
