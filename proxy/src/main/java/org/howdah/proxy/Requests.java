package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import org.howdah.transport.Channel;
import org.howdah.wire.FrontendType;

/**
 * Passes a client's messages to its server. What needs no change goes as it came, many messages in
 * one piece; large bodies pass in pieces. One for each loop; what it must know of a client is with
 * the client.
 */
final class Requests {

    /** Texts of statements up to this size are looked at; larger ones pass unseen. */
    private static final int WHOLE = 256 * 1024;

    private final ExtendedQuery extended;
    private final SessionQuery session;

    Requests(ExtendedQuery extended, SessionQuery session) {
        this.extended = extended;
        this.session = session;
    }

    /** Takes messages from the client; returns the index behind the last byte taken. */
    int forward(Client client, Server server, ByteBuffer in, int from, int to) {
        int at = from;
        int run = from;
        int body = client.body();
        boolean tracks = client.pool().terms().tracksStatements();
        boolean follows = client.pool().terms().followsSessions();
        while (at < to) {
            if (body > 0) {
                int piece = Math.min(body, to - at);
                body -= piece;
                at += piece;
                continue;
            }
            if (to - at < HEADER) {
                break;
            }
            if (server.replies.full()) {
                server.crowd();
                client.channel().pauseReading();
                break;
            }
            int length = Frames.length(in, at);
            byte type = in.get(at);
            if (!allowed(type, length, client)) {
                return broken(client, server, in, run, at, to);
            }
            if (type == 'Q' && to - at < length && length <= WHOLE) {
                break;
            }
            if (tracks && (type == 'P' || type == 'B' || type == 'D' || type == 'C')) {
                if (type != 'B' && to - at < length) {
                    break;
                }
                pass(client, server, in, run, at);
                run = at;
                int done = statement(client, server, in, at, length, to);
                if (done == ExtendedQuery.BROKEN) {
                    return broken(client, server, in, run, at, to);
                }
                if (done < 0) {
                    if (done == ExtendedQuery.LATER) {
                        client.hold();
                        server.crowd();
                    }
                    break;
                }
                at += done;
                run = at;
                body = length - done;
                continue;
            }
            if (type == 'S' && server.answers().copyIn()) {
                // The server would ignore it, or take it for the end of an error we know not of.
                pass(client, server, in, run, at);
                at += length;
                run = at;
                continue;
            }
            if (type == 'X') {
                client.body(0);
                pass(client, server, in, run, at);
                client.close(false);
                return to;
            }
            if (follows && (type == 'Q' || type == 'P' || type == 'F')) {
                if (to - at < length && length <= WHOLE) {
                    break;
                }
                SessionQuery.Course course = session.take(client, server, in, at, length);
                if (course == SessionQuery.Course.WAIT) {
                    break;
                }
                if (course == SessionQuery.Course.ANSWER) {
                    pass(client, server, in, run, at);
                    session.answer(client, server);
                    at += length;
                    run = at;
                    continue;
                }
            }
            if (type == 'E' && client.listens()) {
                if (to - at < length) {
                    break;
                }
                if (session.executes(client, in, at)) {
                    pass(client, server, in, run, at);
                    session.executed(client, server);
                    at += length;
                    run = at;
                    continue;
                }
            }
            if ((type == 'Q' || type == 'P') && to - at >= length) {
                observe(server, in, at, length);
            }
            expect(client, server, type, tracks);
            body = length;
        }
        client.body(body);
        pass(client, server, in, run, at);
        server.settle();
        if (body == 0 && server.settled()) {
            client.answered(server);
        }
        return at;
    }

    private static void observe(Server server, ByteBuffer in, int at, int length) {
        int end = at + length;
        int text = at + HEADER;
        if (in.get(at) == FrontendType.PARSE) {
            text = Frames.afterText(in, text, end);
            end = Frames.afterText(in, text, end);
        }
        server.work()
                .runs(
                        server.home()
                                .statements()
                                .of(server.pool().key().database(), in, text, end - 1));
    }

    /**
     * Whether it is a message with a length that PostgreSQL takes, and that we can look into. What
     * is not answered must not be able to fail there.
     */
    private static boolean allowed(byte type, int length, Client client) {
        int most = FrontendType.maximumLength(type);
        int least =
                switch (type) {
                    case 'Q' -> HEADER + 1;
                    case 'D', 'C', 'B' -> HEADER + 2;
                    case 'P', 'F' -> HEADER + 4;
                    default -> HEADER;
                };
        boolean bare = type == FrontendType.SYNC || type == FrontendType.FLUSH;
        return most != FrontendType.UNKNOWN
                && type != FrontendType.PASSWORD
                && length >= least
                && length - 1 <= Math.min(most, client.pool().packetBytes())
                && (!bare || length == HEADER);
    }

    private static int broken(
            Client client, Server server, ByteBuffer in, int run, int at, int to) {
        client.body(0);
        pass(client, server, in, run, at);
        client.refuse(Refusal.BAD_MESSAGE);
        return to;
    }

    private static void expect(Client client, Server server, byte type, boolean tracks) {
        switch (type) {
            case 'Q' -> {
                server.expect(ReplyQueue.QUERY, ReplyQueue.CLIENT, 0);
                if (tracks) {
                    server.statements().unnamed(0);
                    ClientStatements.forgetUnnamed(client);
                }
            }
            case 'P' -> server.expect(ReplyQueue.PARSE, ReplyQueue.CLIENT, ReplyQueue.UNTRACKED);
            case 'B' -> server.expect(ReplyQueue.BIND, ReplyQueue.CLIENT, 0);
            case 'D' -> server.expect(ReplyQueue.DESCRIBE, ReplyQueue.CLIENT, 0);
            case 'E' -> server.expect(ReplyQueue.EXECUTE, ReplyQueue.CLIENT, 0);
            case 'C' -> server.expect(ReplyQueue.CLOSE, ReplyQueue.CLIENT, 0);
            case 'F' -> server.expect(ReplyQueue.FUNCTION, ReplyQueue.CLIENT, 0);
            case 'S' -> server.expect(ReplyQueue.SYNC, ReplyQueue.CLIENT, 0);
            case 'c', 'f' -> {
                if (server.answers().copyIn()) {
                    server.answers().copyEnds();
                } else if (!server.replies.isEmpty()) {
                    server.expect(ReplyQueue.COPY_END, ReplyQueue.CLIENT, 0);
                }
            }
            default -> {
                // CopyData and Flush are not answered.
            }
        }
    }

    private int statement(Client client, Server server, ByteBuffer in, int at, int length, int to) {
        return switch (in.get(at)) {
            case 'P' -> extended.parse(client, server, in, at, length);
            case 'B' -> extended.bind(client, server, in, at, length, to);
            case 'D' -> extended.describe(client, server, in, at, length);
            default -> extended.close(client, server, in, at, length);
        };
    }

    private static void pass(Client client, Server server, ByteBuffer in, int from, int to) {
        if (to > from) {
            Channel target = server.channel();
            target.send(in, from, to - from);
            if (target.congested()) {
                client.channel().pauseReading();
            }
        }
    }
}
