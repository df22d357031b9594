package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.wire.Bind;
import org.howdah.wire.Close;
import org.howdah.wire.Describe;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.Execute;
import org.howdah.wire.FrontendType;
import org.howdah.wire.Parse;
import org.howdah.wire.ProtocolViolation;
import org.howdah.wire.Query;

/**
 * A client of the database {@code pgbouncer}. It speaks the simple protocol and, for drivers that
 * know nothing else, the extended one. Commands run on a virtual thread, one at a time; what comes
 * meanwhile waits.
 */
final class Console implements Receiver {

    /** The largest command. */
    private static final int MOST_BYTES = 64 * 1024;

    /** As much of an answer is given to the channel at once. */
    private static final int PIECE = 64 * 1024;

    private final ProxyLoop home;
    private final Channel channel;
    private final ConsoleSession session;
    private final ConsoleConversation conversation;
    private byte[] answer = {};
    private int sent;
    private boolean working;

    Console(Proxy proxy, ProxyLoop home, Channel channel, ConsoleSession session) {
        this.home = home;
        this.channel = channel;
        this.session = session;
        this.conversation = new ConsoleConversation(proxy.commands(), session);
    }

    @Override
    public int received(ByteBuffer in, int from, int to) {
        int at = from;
        while (!working && to - at >= HEADER) {
            int length = Frames.length(in, at);
            if (length < HEADER || length > MOST_BYTES) {
                refuse(Refusal.BAD_MESSAGE);
                return to;
            }
            if (to - at < length) {
                break;
            }
            try {
                take(in, at, at + length);
            } catch (ProtocolViolation violation) {
                refuse(new Refusal(violation.sqlState(), violation.text()));
                return to;
            }
            at += length;
        }
        return at;
    }

    private void take(ByteBuffer in, int at, int to) {
        int from = at + HEADER;
        switch (in.get(at)) {
            case FrontendType.TERMINATE -> {
                session.leave();
                channel.close();
            }
            case FrontendType.QUERY -> {
                String sql = Query.parseFrom(in, from, to).sql();
                work(() -> conversation.query(sql));
            }
            case FrontendType.PARSE -> {
                Parse parse = Parse.parseFrom(in, from, to);
                work(() -> conversation.parse(parse));
            }
            case FrontendType.BIND -> {
                Bind bind = Bind.parseFrom(in, from, to);
                work(() -> conversation.bind(bind));
            }
            case FrontendType.DESCRIBE -> {
                Describe describe = Describe.parseFrom(in, from, to);
                work(() -> conversation.describe(describe));
            }
            case FrontendType.EXECUTE -> {
                Execute execute = Execute.parseFrom(in, from, to);
                work(() -> conversation.execute(execute));
            }
            case FrontendType.CLOSE -> {
                Close close = Close.parseFrom(in, from, to);
                work(() -> conversation.close(close));
            }
            case FrontendType.SYNC -> work(conversation::sync);
            case FrontendType.FLUSH -> {
                // Everything is sent as soon as it is there.
            }
            default -> refuse(Refusal.BAD_MESSAGE);
        }
    }

    /** Does a part of the conversation aside; until its answer has left nothing more is taken. */
    private void work(Step step) {
        working = true;
        Thread.startVirtualThread(() -> {
            byte[] said = say(step);
            home.loop().execute(() -> give(said));
        });
    }

    private byte[] say(Step step) {
        try {
            return step.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new byte[0];
        }
    }

    private void give(byte[] said) {
        answer = said;
        sent = 0;
        drained();
    }

    private void refuse(Refusal why) {
        Diagnostic diagnostic = why.diagnostic();
        diagnostic.writeTo(home.writer());
        home.send(channel);
        session.leave();
        channel.finish();
    }

    @Override
    public void drained() {
        while (sent < answer.length && !channel.congested() && channel.open()) {
            int piece = Math.min(PIECE, answer.length - sent);
            channel.send(answer, sent, piece);
            sent += piece;
        }
        if (sent == answer.length && working) {
            answer = new byte[0];
            sent = 0;
            working = false;
            channel.redeliver();
        }
    }

    @Override
    public void closed(Closing why) {
        session.leave();
        home.consoles().remove(this);
    }

    /** The proxy ends. */
    void end() {
        refuse(Refusal.SHUTDOWN);
    }

    /** A part of the conversation: what is to be sent. */
    private interface Step {
        byte[] take() throws InterruptedException;
    }
}
