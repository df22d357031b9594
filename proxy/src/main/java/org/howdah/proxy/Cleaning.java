package org.howdah.proxy;

import java.nio.charset.StandardCharsets;

/**
 * Makes a server connection fit for the next client after one has left it: what still runs is
 * cancelled, an open transaction rolled back, the session reset where it must be. One step at a
 * time, each when the server has answered the one before.
 */
final class Cleaning {

    private final Server server;
    private boolean active;
    private boolean reset;

    Cleaning(Server server) {
        this.server = server;
    }

    boolean active() {
        return active;
    }

    void begin(boolean resetSession) {
        active = true;
        reset = resetSession;
        if (server.replies.isEmpty()) {
            step();
            return;
        }
        if (server.copyIn()) {
            server.channel().send(COPY_FAIL, 0, COPY_FAIL.length);
            server.copyEnds();
        }
        if (server.replies.groupOpen()) {
            server.expect(ReplyQueue.SYNC, ReplyQueue.OURS, 0);
            server.channel().send(SYNC, 0, SYNC.length);
        }
        server.pool().cancel(server);
    }

    /** Everything is answered: what is next. */
    void step() {
        if (server.beingCanceled()) {
            active = true;
            return;
        }
        if (server.status() != Server.IDLE) {
            ask("ROLLBACK");
        } else if (reset && !server.pool().resetQuery().isEmpty()) {
            reset = false;
            ask(server.pool().resetQuery());
        } else {
            active = false;
            server.release();
        }
    }

    /** Sends this and goes on when it is answered. */
    void ask(String sql) {
        active = true;
        byte[] message = Queries.simple(sql);
        server.expect(ReplyQueue.QUERY, ReplyQueue.OURS, 0);
        server.channel().send(message, 0, message.length);
    }

    private static final byte[] SYNC = {'S', 0, 0, 0, 4};
    private static final byte[] COPY_FAIL =
            Queries.message('f', "the client has gone".getBytes(StandardCharsets.US_ASCII));
}
