package org.howdah.proxy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.howdah.wire.Bind;
import org.howdah.wire.FixedMessage;
import org.howdah.wire.MessageWriter;

/**
 * Makes a server connection fit for the next client after one has left it: what still runs is
 * canceled or waited for, an open transaction rolled back, the session reset where it must be. One
 * step at a time, each when the server has answered the one before. A connection that cannot be
 * cleaned, or does not answer, is closed.
 */
final class Cleaning {

    private final Server server;
    private boolean active;
    private Afterwards how = Afterwards.RELEASE;

    /** Since when an answer to something of ours is due; meaningless unless it is. */
    private long since;

    private boolean due;

    Cleaning(Server server) {
        this.server = server;
    }

    boolean active() {
        return active;
    }

    /**
     * The client has left.
     *
     * @param wanted what becomes of the connection
     * @param cancel whether what still runs is canceled, or waited for
     */
    void begin(Afterwards wanted, boolean cancel) {
        active = true;
        how = wanted;
        server.answers().oursFailed();
        if (server.answers().copyIn()) {
            endCopy();
        } else if (server.replies.groupOpen()) {
            spoilGroup();
        }
        if (server.replies.isEmpty()) {
            step();
        } else if (cancel) {
            await();
            server.pool().cancel(server, () -> {});
        }
    }

    /** The server waits for the data of a COPY that will not come. */
    void endCopy() {
        server.channel().send(COPY_FAIL, 0, COPY_FAIL.length);
        server.answers().copyEnds();
        if (server.replies.groupOpen()) {
            sync();
        }
    }

    /**
     * What a client has begun and not ended with a Sync is not to be committed by ours: an error
     * goes before it.
     */
    private void spoilGroup() {
        server.expect(ReplyQueue.BIND, ReplyQueue.OURS, 0);
        server.channel().send(SPOILER, 0, SPOILER.length);
        sync();
    }

    private void sync() {
        server.expect(ReplyQueue.SYNC, ReplyQueue.OURS, 0);
        server.channel().send(SYNC, 0, SYNC.length);
    }

    /** Everything is answered: what is next. */
    void step() {
        active = true;
        if (server.cancels().any() || !server.channel().open()) {
            return;
        }
        if (server.replies.mixed()) {
            server.fail("a query among extended ones has left it in no known state");
        } else if (server.answers().straysPossible()) {
            server.fail("a Sync in a COPY that has failed may still be answered");
        } else if (server.answers().oursFailed()) {
            server.fail("it refused to be cleaned");
        } else if (server.status() != Server.IDLE) {
            ask("ROLLBACK");
        } else {
            session();
        }
    }

    /** No transaction is open any more; what of the session? */
    private void session() {
        Afterwards wanted = how;
        how = Afterwards.RELEASE;
        switch (wanted) {
            case RELEASE -> release();
            case RESET -> reset(server.pool().terms().state().resetQuery());
            case DISCARD -> reset(DISCARD);
            case RETIRE -> server.channel().close();
        }
    }

    private void release() {
        active = false;
        due = false;
        server.enter();
    }

    private void reset(String query) {
        if (query.isEmpty()) {
            release();
            return;
        }
        server.statements().doubtAll();
        if (query.strip().equalsIgnoreCase(DISCARD)) {
            server.session().settings(SessionSettings.NONE);
        }
        ask(query);
    }

    /** Sends this and goes on when it is answered. */
    void ask(String sql) {
        active = true;
        await();
        byte[] message = Queries.simple(sql);
        server.expect(ReplyQueue.QUERY, ReplyQueue.OURS, 0);
        server.channel().send(message, 0, message.length);
    }

    private void await() {
        due = true;
        since = server.channel().loop().turnNanos();
    }

    /** Whether the server has let us wait for longer than it may take to connect to it. */
    boolean overdue(Timeouts times, long now) {
        return active && due && Overdue.passed(times.serverConnect(), now - since);
    }

    private static final String DISCARD = "DISCARD ALL";
    private static final byte[] SYNC = bytes(FixedMessage.SYNC::writeTo);
    private static final byte[] COPY_FAIL =
            Queries.message('f', "the client has gone".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] SPOILER =
            bytes(Bind.texts("howdah: the client has gone", List.of())::writeTo);

    private static byte[] bytes(Consumer<MessageWriter> message) {
        MessageWriter out = MessageWriter.heap(64);
        message.accept(out);
        return out.toByteArray();
    }
}
