package org.howdah.transport;

import static org.howdah.transport.ChannelState.BROKEN;
import static org.howdah.transport.ChannelState.CLOSED;
import static org.howdah.transport.ChannelState.CONNECTING;
import static org.howdah.transport.ChannelState.FINISHING;
import static org.howdah.transport.ChannelState.PAUSED;
import static org.howdah.transport.ChannelState.PEER_FIRST;
import static org.howdah.transport.ChannelState.UNSENT;
import static org.howdah.transport.ChannelState.WAS_HIGH;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The part of a channel that sends: it collects what is given to it during a turn and hands it to
 * the system when the turn ends.
 */
abstract class SendingChannel extends Channel {
    private @Nullable Backlog backlog;

    /** Bits of {@link ChannelState}. */
    private int state;

    SendingChannel(Receiver receiver) {
        super(receiver);
    }

    /** The transport of the loop that owns the channel. */
    abstract StreamTransport sockets();

    /** Hands the backlog to the system, as far as it takes it; {@link #sent} is told. */
    abstract void flush();

    /** Makes sure that we hear of what arrives; often it is so already. */
    abstract void listenForBytes();

    /** The backlog of a channel that is finishing has left. */
    abstract void allSent();

    /** There is something to tell the receiver. */
    abstract void news();

    /** Ends the channel, unless that has happened already. */
    abstract void depart(Closing why);

    final boolean has(int bits) {
        return (state & bits) != 0;
    }

    final void set(int bits) {
        state |= bits;
    }

    final void clear(int bits) {
        state &= ~bits;
    }

    @Override
    public final void send(ByteBuffer source, int offset, int length) {
        if (takesMore(length)) {
            backlogToFill().append(source, offset, length);
            collected();
        }
    }

    @Override
    public final void send(byte[] source, int offset, int length) {
        if (takesMore(length)) {
            backlogToFill().append(source, offset, length);
            collected();
        }
    }

    private boolean takesMore(int length) {
        return length > 0 && !has(FINISHING | CLOSED | BROKEN);
    }

    private Backlog backlogToFill() {
        Backlog waiting = backlog;
        if (waiting == null) {
            waiting = sockets().takeBacklog();
            backlog = waiting;
        }
        return waiting;
    }

    private void collected() {
        if (backlogBytes() > HIGH_WATER) {
            set(WAS_HIGH);
        }
        if (!has(UNSENT)) {
            set(UNSENT);
            sockets().unsent(this);
        }
    }

    /** The loop's turn ends. */
    final void flushCollected() {
        clear(UNSENT);
        if (backlog != null && !has(CLOSED | CONNECTING)) {
            flush();
        }
    }

    final boolean hasUnsent() {
        return backlog != null;
    }

    /** The next piece to be sent; null when there is nothing. */
    final @Nullable Chunk firstUnsent() {
        return backlog == null ? null : backlog.first();
    }

    /** The system has taken bytes of {@link #firstUnsent}. */
    final void sent(int count) {
        Backlog waiting = backlog;
        if (waiting == null) {
            throw new IllegalStateException("Nothing was waiting to be sent.");
        }
        waiting.taken(count);
        if (has(WAS_HIGH) && waiting.bytes() < LOW_WATER) {
            news();
        }
        if (waiting.bytes() == 0) {
            dropBacklog();
            if (has(FINISHING)) {
                allSent();
            }
        }
    }

    final void dropBacklog() {
        Backlog waiting = backlog;
        if (waiting != null) {
            backlog = null;
            sockets().giveBacklog(waiting);
        }
    }

    /** The connection is broken. */
    final void failed(String detail) {
        depart(has(PEER_FIRST) ? Closing.BY_PEER : Closing.failure(detail));
    }

    /**
     * The peer takes nothing any more. It may have said why before it went, and that is still to be
     * read; the end follows it.
     */
    final void sendFailed(String detail) {
        if (has(PAUSED | FINISHING)) {
            failed(detail);
            return;
        }
        set(BROKEN);
        dropBacklog();
        if (has(WAS_HIGH)) {
            news();
        }
        listenForBytes();
    }

    @Override
    public final long backlogBytes() {
        return backlog == null ? 0 : backlog.bytes();
    }
}
