package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.EventLoop;
import org.howdah.transport.Receiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a PostgreSQL server that is logged in. It reads the server's messages, passes
 * them to the client that it is linked with, and knows from its {@link ReplyQueue} when nothing
 * more is owed: then it goes back to its pool.
 *
 * <p>Rows pass as they come, in pieces if they are large; nothing of a message is kept here.
 */
final class Server implements Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    /** Messages up to this size are waited for as a whole when more than their header is needed. */
    private static final int WHOLE = 64 * 1024;

    /** What ReadyForQuery says outside of a transaction. */
    static final byte IDLE = 'I';

    /** What it says in a transaction that has failed. */
    static final byte FAILED = 'E';

    final ReplyQueue replies = new ReplyQueue();
    private final ServerStatements statements = new ServerStatements();
    private final ServerSession session = new ServerSession(this);
    private final Answers answers = new Answers(this, replies, statements);
    private final Pool pool;
    private final Channel channel;
    private final ServerIdentity identity;
    private ProxyLoop home;
    private int epoch;
    private @Nullable Client client;

    /** It is nobody's server connection but listens. */
    private @Nullable Listener listener;

    private final Cleaning cleaning = new Cleaning(this);
    private final PendingCancels cancels = new PendingCancels(this);

    /**
     * Bytes of the current message that have not come yet, and whether the client is to see them.
     */
    private int body;

    private boolean dropping;

    /** The current message is a ReadyForQuery. */
    private boolean ending;

    /** The client was held back because the queue is full. */
    private boolean crowded;

    private long idleSince;
    private final Work work;

    Server(ProxyLoop home, Pool pool, Channel channel, ServerIdentity identity) {
        this.home = home;
        this.pool = pool;
        this.channel = channel;
        this.identity = identity;
        this.work = new Work(home.tallies().of(pool.key()));
    }

    /** The loop it lives on; it may move while nobody has it. */
    ProxyLoop home() {
        return home;
    }

    void home(ProxyLoop next) {
        home = next;
        work.tally(next.tallies().of(pool.key()));
    }

    /** Whether that loop's thread is the one that may touch it. */
    @SuppressWarnings("ReferenceEquality") // a loop is itself only
    boolean livesOn(EventLoop loop) {
        return channel.loop() == loop;
    }

    /** The pool's {@linkplain Pool#reconnect epoch} when it was made. */
    int epoch() {
        return epoch;
    }

    void epoch(int value) {
        epoch = value;
    }

    Pool pool() {
        return pool;
    }

    /** What is prepared here. */
    ServerStatements statements() {
        return statements;
    }

    /** What is left here from transaction to transaction. */
    ServerSession session() {
        return session;
    }

    Channel channel() {
        return channel;
    }

    /** What it was from the beginning. */
    ServerIdentity identity() {
        return identity;
    }

    @Nullable Client client() {
        return client;
    }

    /** What its messages have meant so far. */
    Answers answers() {
        return answers;
    }

    /** {@code I}: idle, {@code T}: in a transaction, {@code E}: in a failed one. */
    byte status() {
        return answers.status();
    }

    /** Makes it fit for the next client. */
    Cleaning cleaning() {
        return cleaning;
    }

    /** Whether the client has got the beginning of a message and waits for the rest. */
    boolean midMessage() {
        return body > 0 && !dropping;
    }

    /** Nothing is owed, by neither side: whatever comes next begins something new. */
    boolean settled() {
        return replies.isEmpty() && !replies.groupOpen() && body == 0;
    }

    long idleSince() {
        return idleSince;
    }

    /** Cancel requests that are on their way to it. */
    PendingCancels cancels() {
        return cancels;
    }

    /** What it does at the moment. */
    Work work() {
        return work;
    }

    /** What its pool has done on this loop. */
    Tally tally() {
        return work.tally();
    }

    /** The client is held back until fewer replies are owed. */
    void crowd() {
        crowded = true;
    }

    /** It listens for this one from now on. */
    void listener(Listener owner) {
        listener = owner;
    }

    /** A notification has come that may be for others than the client. */
    void notified(ByteBuffer in, int at, int to) {
        if (listener != null) {
            listener.notified(in, at, to);
        }
    }

    void link(Client next) {
        client = next;
    }

    /** A message that demands a reply is about to be sent. */
    void expect(int message, int origin, int number) {
        if (replies.isEmpty()) {
            work.begins(channel.loop().turnNanos(), status() == IDLE);
        }
        answers.expect(message, origin, number);
    }

    /** Answers for the server what it was never asked, as far as its turn has come. */
    void settle() {
        if (body == 0) {
            answers.settle();
        }
    }

    /** What other clients drew from sequences here is not to be seen by the next. */
    void forgetSequences() {
        if (!pool.sessions().sequences() || pool.mode() == PoolMode.SESSION) {
            return;
        }
        byte[] message = Queries.simple("DISCARD SEQUENCES");
        expect(ReplyQueue.QUERY, ReplyQueue.OURS, 0);
        channel.send(message, 0, message.length);
    }

    @Override
    public int received(ByteBuffer in, int from, int to) {
        int at = from;
        int run = from;
        while (at < to) {
            if (body > 0) {
                int piece = Math.min(body, to - at);
                body -= piece;
                at += piece;
                if (dropping) {
                    run = at;
                }
                if (body == 0 && (ending || answers.settles())) {
                    pass(in, run, at);
                    run = at;
                    complete();
                    if (!channel.open()) {
                        return to;
                    }
                }
                continue;
            }
            if (to - at < HEADER) {
                break;
            }
            byte type = in.get(at);
            int length = Frames.length(in, at);
            if ((type != 'D' || session.inquiring()) && to - at < length && length <= WHOLE) {
                break;
            }
            Answers.Passage passage =
                    length < HEADER
                            ? Answers.Passage.BROKEN
                            : answers.passage(type, in, at, Math.min(at + length, to));
            if (passage == Answers.Passage.BROKEN) {
                pass(in, run, at);
                fail("it sent a message that nothing had asked for");
                return to;
            }
            dropping = passage == Answers.Passage.DROP || client == null;
            if (dropping) {
                pass(in, run, at);
            }
            ending = type == 'Z';
            body = length;
        }
        pass(in, run, at);
        relieve();
        return at;
    }

    /** A message has been passed after which there is something to do. */
    private void complete() {
        boolean ready = ending;
        ending = false;
        boolean inquiry = ready && answers.inquiryEnds();
        ready |= answers.settle();
        if (inquiry) {
            session.answered();
            if (cleaning.active() && settled()) {
                cleaning.step();
            }
        } else if (ready && settled()) {
            ready();
        }
    }

    /** A client that was held back because too many replies are owed may go on. */
    private void relieve() {
        if (crowded && client != null && replies.size() < ReplyQueue.LIMIT / 2) {
            crowded = false;
            client.channel().redeliver();
            if (!crowded && client != null && !channel.congested()) {
                client.channel().resumeReading();
            }
        }
    }

    private void pass(ByteBuffer in, int from, int to) {
        if (client == null || from >= to) {
            return;
        }
        Channel target = client.channel();
        target.send(in, from, to - from);
        work.tally().sent += to - from;
        if (target.congested()) {
            channel.pauseReading();
        }
    }

    /** ReadyForQuery has come, and nothing more is owed. */
    private void ready() {
        if (cleaning.active()) {
            cleaning.step();
        } else if (client != null) {
            client.answered(this);
        }
    }

    /**
     * The client needs it no more: it is cleaned if need be and goes back to the pool.
     *
     * @param least what must be done whatever the state of the session
     * @param cancel whether what still runs is canceled, or waited for
     */
    void unlink(Afterwards least, boolean cancel) {
        client = null;
        Afterwards how = least.orMore(session.afterwards());
        session.abandoned();
        crowded = false;
        if (channel.readingPaused()) {
            channel.resumeReading();
        }
        cleaning.begin(how, cancel);
    }

    /** Asks whether the server is still there before anybody gets it. */
    void check(String sql) {
        cleaning.ask(sql);
    }

    /** Clean, and to be the pool's once the database's functions are known. */
    void enter() {
        if (pool.terms().followsSessions() && !pool.sessions().functions().learned()) {
            session.learn(this::release);
        } else {
            release();
        }
    }

    /** Nobody's and clean: back to the pool, unless it is closed already. */
    void release() {
        if (channel.open()) {
            idleSince = channel.loop().turnNanos();
            pool.release(this);
        }
    }

    /** The client goes with a message half sent: nothing sensible can follow on this connection. */
    void abandon(String why) {
        client = null;
        fail(why);
    }

    void warn(String what) {
        LOG.warn("Server connection {} of pool {}: {}.", identity.key(), pool.key(), what);
    }

    /** Nobody needs it any more. */
    void close() {
        channel.close();
    }

    /** Closes the connection, whatever runs on it. */
    void fail(String why) {
        LOG.warn("Server connection {} of pool {} is closed: {}.", identity.key(), pool.key(), why);
        channel.close();
    }

    @Override
    public void drained() {
        if (client != null) {
            client.channel().resumeReading();
        }
    }

    @Override
    public void closed(Closing why) {
        if (listener != null) {
            home.servers().remove(this);
            listener.lost();
            return;
        }
        pool.closed(this);
        Client last = client;
        client = null;
        if (last != null) {
            last.serverLost(answers.farewell());
        }
    }
}
