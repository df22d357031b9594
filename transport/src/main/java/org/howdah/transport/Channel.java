package org.howdah.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A stream socket that belongs to one {@link EventLoop}; only that loop's thread may call it,
 * except where a method says so. An idle channel holds no buffer.
 */
public abstract class Channel {

    /** A sender should stop giving more when this many bytes wait to be sent. */
    public static final int HIGH_WATER = 256 * 1024;

    /** Below this many waiting bytes the receiver is told that it may give more. */
    public static final int LOW_WATER = 64 * 1024;

    private Receiver receiver;

    protected Channel(Receiver receiver) {
        this.receiver = receiver;
    }

    public final Receiver receiver() {
        return receiver;
    }

    /** From now on this one is told; what the former left over is its to take. */
    public final void receiver(Receiver next) {
        receiver = next;
    }

    /** The loop that owns the channel at the moment. */
    public abstract EventLoop loop();

    /**
     * Sends bytes in the order of the calls. They are copied before the call returns and leave at
     * the end of the loop's turn at the latest. Nothing is refused: a sender watches {@link
     * #backlogBytes}. Does nothing on a closed channel.
     *
     * @param source any buffer; read by index, its position and limit are left alone
     */
    public abstract void send(ByteBuffer source, int offset, int length);

    /** {@link #send(ByteBuffer, int, int)} for bytes on the heap. */
    public abstract void send(byte[] source, int offset, int length);

    /** How many bytes given to {@code send} the system has not taken yet. */
    public abstract long backlogBytes();

    /** Whether a sender should stop for now; {@link Receiver#drained} tells when to go on. */
    public boolean congested() {
        return backlogBytes() > HIGH_WATER;
    }

    /**
     * Reads no more from the peer until {@link #resumeReading}. What is already on its way may be
     * kept for later, in bounded memory; the receiver is not called. A peer that has gone is
     * noticed only after resuming, or when sending fails.
     */
    public abstract void pauseReading();

    /** Reads again; what was kept or left over is delivered in this turn or the next. */
    public abstract void resumeReading();

    public abstract boolean readingPaused();

    /**
     * Delivers what the receiver left over once more, at once, from within this call. Does nothing
     * when nothing was left over.
     */
    public abstract void redeliver();

    /** How many bytes the receiver has left over. */
    public abstract int leftOverBytes();

    /**
     * Closes when all that was sent has left and the peer has closed its side too, or after {@link
     * SocketSettings#LINGER}. Reads no more: what still comes is thrown away, so that the peer can
     * read our last words and not a reset.
     */
    public abstract void finish();

    /**
     * Closes at once; bytes not sent yet are lost. The receiver hears of it in this turn or the
     * next.
     */
    public abstract void close();

    /** False from the first {@link #close} or {@link #finish} on, and when the peer has gone. */
    public abstract boolean open();

    /** The peer's address. Any thread. */
    public abstract SocketAddress remote();

    /**
     * The name of the operating system's user at the other end of a unix socket; empty for other
     * sockets.
     */
    public abstract Optional<String> peerUser();

    /** Our own address, or the listener's where the system does not tell. Any thread. */
    public abstract SocketAddress local();

    /**
     * Moves this channel to another loop of the same kind, with its receiver and what was left
     * over. Allowed when nothing is waiting to be sent. From this call on the former loop may not
     * touch it; bytes that arrive meanwhile are kept and delivered there.
     *
     * @param arrived called by the new loop's thread, before anything else is delivered
     */
    public abstract void moveTo(EventLoop target, Runnable arrived);
}
