package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import org.howdah.transport.Channel;

/**
 * Passes a client's messages to its server. What needs no change goes as it came, many messages in
 * one piece; large bodies pass in pieces. One for each loop; what it must know of a client is with
 * the client.
 */
final class Requests {

    /** Texts of statements up to this size are looked at; larger ones pass unseen. */
    private static final int WHOLE = 256 * 1024;

    private final ExtendedQuery extended;

    Requests(ExtendedQuery extended) {
        this.extended = extended;
    }

    /** Takes messages from the client; returns the index behind the last byte taken. */
    int forward(Client client, Server server, ByteBuffer in, int from, int to) {
        int at = from;
        int run = from;
        int body = client.body();
        boolean tracks = client.pool().tracksStatements();
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
                break;
            }
            int length = Frames.length(in, at);
            byte type = in.get(at);
            if (length < HEADER || length > client.pool().packetBytes()) {
                client.refuse(Refusal.BAD_MESSAGE);
                return to;
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
                if (done == ExtendedQuery.WAIT) {
                    break;
                }
                at += done;
                run = at;
                body = length - done;
                continue;
            }
            switch (type) {
                case 'Q' -> {
                    server.expect(ReplyQueue.QUERY, ReplyQueue.CLIENT, 0);
                    if (tracks) {
                        server.statements().unnamed(0);
                        client.forgetUnnamed();
                    }
                }
                case 'P' -> server.expect(ReplyQueue.PARSE, ReplyQueue.CLIENT, 0);
                case 'B' -> server.expect(ReplyQueue.BIND, ReplyQueue.CLIENT, 0);
                case 'D' -> server.expect(ReplyQueue.DESCRIBE, ReplyQueue.CLIENT, 0);
                case 'E' -> server.expect(ReplyQueue.EXECUTE, ReplyQueue.CLIENT, 0);
                case 'C' -> server.expect(ReplyQueue.CLOSE, ReplyQueue.CLIENT, 0);
                case 'F' -> server.expect(ReplyQueue.FUNCTION, ReplyQueue.CLIENT, 0);
                case 'S' -> {
                    if (!server.copyIn()) {
                        server.expect(ReplyQueue.SYNC, ReplyQueue.CLIENT, 0);
                    }
                }
                case 'c', 'f' -> {
                    server.expect(ReplyQueue.COPY_END, ReplyQueue.CLIENT, 0);
                    server.copyEnds();
                }
                case 'd', 'H' -> {}
                case 'X' -> {
                    client.body(0);
                    pass(client, server, in, run, at);
                    client.close();
                    return to;
                }
                default -> {
                    client.refuse(Refusal.BAD_MESSAGE);
                    return to;
                }
            }
            body = length;
        }
        client.body(body);
        pass(client, server, in, run, at);
        server.settle();
        return at;
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
