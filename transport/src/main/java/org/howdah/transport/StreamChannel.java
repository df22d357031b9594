package org.howdah.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a channel does whatever the system's interface: it collects what is to be sent, keeps what
 * the receiver left over or what arrived while reading was paused, and ends in order. The subclass
 * moves the bytes.
 *
 * <p>There may be tens of thousands of these that do nothing, so that the state is packed and all
 * else is there only while it is needed.
 */
abstract class StreamChannel extends Channel {
    private static final int PAUSED = 1;

    /** The peer has closed its side; while paused the receiver does not know yet. */
    private static final int ENDED = 1 << 1;

    /** No more from either side; what was collected still leaves. */
    private static final int FINISHING = 1 << 2;

    /** It is finishing because the peer closed its side, not because we wanted to. */
    private static final int PEER_FIRST = 1 << 3;

    /** Only {@code closed} is still to come. */
    private static final int CLOSED = 1 << 4;

    private static final int WAS_HIGH = 1 << 5;

    /** The receiver is reading right now. */
    private static final int DELIVERING = 1 << 6;

    /** In the transport's list of those with something to send. */
    private static final int UNSENT = 1 << 7;

    /** In the transport's list of those with something to tell. */
    private static final int NEWS = 1 << 8;

    private static final int CONNECTING = 1 << 9;
    private static final int MOVING = 1 << 10;

    /** There are bytes left over that are to be delivered without being asked for. */
    private static final int KEPT = 1 << 11;

    /** Sending has failed; what the peer said before that is still read. */
    private static final int BROKEN = 1 << 12;

    /** The bits from here on are the subclass's. */
    static final int FIRST_OF_SUBCLASS = 1 << 13;

    private @Nullable Backlog backlog;
    private @Nullable Chunk leftOver;
    private char state;

    StreamChannel(Receiver receiver) {
        super(receiver);
    }

    /** The transport of the loop that owns the channel. */
    abstract StreamTransport sockets();

    /** Changes owner. */
    abstract void sockets(StreamTransport next);

    /** Hands the backlog to the system, as far as it takes it; {@link #sent} is told. */
    abstract void flush();

    /** Makes sure that we hear of what arrives; often it is so already. */
    abstract void listenForBytes();

    /** Tells the peer that nothing more comes from us. */
    abstract void shutDownOutput();

    /** Gives the socket back, then calls {@link StreamTransport#gone}, at once or later. */
    abstract void release(Closing why);

    /** Hears nothing any more, then calls {@link StreamTransport#letGo}, at once or later. */
    abstract void unregister();

    /** Closes the socket of a channel that belongs to no loop. Any thread. */
    abstract void abandon();

    final boolean has(int bits) {
        return (state & bits) != 0;
    }

    final void set(int bits) {
        state |= (char) bits;
    }

    final void clear(int bits) {
        state &= (char) ~bits;
    }

    @Override
    public final EventLoop loop() {
        return sockets().loop();
    }

    // Sending

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

    private void dropBacklog() {
        Backlog waiting = backlog;
        if (waiting != null) {
            backlog = null;
            sockets().giveBacklog(waiting);
        }
    }

    /**
     * The peer takes nothing any more. It may have said why before it went, and that is still to be
     * read; the end follows it.
     */
    final void sendFailed(String detail) {
        if (has(PAUSED | FINISHING)) {
            depart(has(PEER_FIRST) ? Closing.BY_PEER : Closing.failure(detail));
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

    // Reading

    /** Whether the bytes that arrive have a use. */
    final boolean reads() {
        return !has(PAUSED | MOVING | CLOSED | CONNECTING);
    }

    /**
     * Bytes have come from the peer.
     *
     * @param in the loop's; valid during the call
     */
    final void arrived(ByteBuffer in, int from, int to) {
        if (has(CLOSED | FINISHING)) {
            return;
        }
        if (leftOver != null || has(PAUSED | MOVING)) {
            leftOver = sockets().keep(leftOver, in, from, to);
            set(KEPT);
            if (!has(PAUSED | MOVING)) {
                deliverLeftOver();
            }
            return;
        }
        int taken = offer(in, from, to);
        if (taken < to && !has(CLOSED | FINISHING)) {
            leftOver = sockets().keep(null, in, taken, to);
        }
        moveIfWanted();
    }

    private void deliverLeftOver() {
        Chunk kept = leftOver;
        if (kept == null) {
            return;
        }
        clear(KEPT);
        kept.from = offer(kept.bytes, kept.from, kept.to);
        leftOver = sockets().trim(kept);
        moveIfWanted();
    }

    private int offer(ByteBuffer in, int from, int to) {
        set(DELIVERING);
        try {
            int taken = receiver().received(in, from, to);
            if (taken < from || taken > to) {
                throw new IllegalStateException(
                        "The receiver took up to " + taken + " of " + from + " to " + to + ".");
            }
            return taken;
        } catch (RuntimeException | OutOfMemoryError failure) {
            sockets().receiverFailed(this, failure);
            return to;
        } finally {
            clear(DELIVERING);
        }
    }

    @Override
    public final void pauseReading() {
        set(PAUSED);
    }

    @Override
    public final void resumeReading() {
        if (!has(PAUSED)) {
            return;
        }
        clear(PAUSED);
        if (has(CLOSED | FINISHING)) {
            return;
        }
        if (leftOver != null) {
            set(KEPT);
        }
        if (has(KEPT | ENDED)) {
            news();
        }
        if (!has(ENDED | CONNECTING)) {
            listenForBytes();
        }
    }

    @Override
    public final boolean readingPaused() {
        return has(PAUSED);
    }

    @Override
    public final void redeliver() {
        if (!has(DELIVERING | MOVING | CLOSED | FINISHING)) {
            deliverLeftOver();
        }
    }

    @Override
    public final int leftOverBytes() {
        return leftOver == null ? 0 : leftOver.length();
    }

    // Connecting and ending

    final void startConnecting() {
        set(CONNECTING);
    }

    final boolean connecting() {
        return has(CONNECTING);
    }

    final void connected() {
        clear(CONNECTING);
        if (!has(FINISHING)) {
            sockets().guarded(this, receiver()::connected);
        }
        if (has(CLOSED)) {
            return;
        }
        if (backlog != null) {
            flush();
        } else if (has(FINISHING)) {
            allSent();
        }
        if (reads()) {
            listenForBytes();
        }
    }

    /** The peer has closed its side. */
    final void ended() {
        set(ENDED);
        if (has(CLOSED)) {
            return;
        }
        if (has(FINISHING)) {
            if (backlog == null) {
                depart(has(PEER_FIRST) ? Closing.BY_PEER : Closing.BY_US);
            }
        } else if (!has(PAUSED | MOVING)) {
            deliverKept();
            endByPeer();
        }
    }

    /** Nothing more can be read. */
    final void readFailed(String detail) {
        if (!has(PAUSED | MOVING | FINISHING | CLOSED)) {
            deliverKept();
        }
        failed(detail);
    }

    private void deliverKept() {
        if (has(KEPT)) {
            deliverLeftOver();
        }
    }

    private void endByPeer() {
        if (has(PAUSED | MOVING | FINISHING | CLOSED)) {
            return;
        }
        if (has(BROKEN)) {
            depart(Closing.failure("Broken pipe"));
        } else if (backlog == null) {
            depart(Closing.BY_PEER);
        } else {
            // It may have closed only its side and wait for our last answer.
            set(FINISHING | PEER_FIRST);
            limitFinish();
        }
    }

    @Override
    public final void finish() {
        if (!open()) {
            return;
        }
        set(FINISHING);
        limitFinish();
        if (backlog == null && !has(CONNECTING)) {
            allSent();
        }
    }

    private void limitFinish() {
        loop().after(
                        SocketSettings.LINGER,
                        () -> depart(has(PEER_FIRST) ? Closing.BY_PEER : Closing.BY_US));
    }

    /**
     * Closing while the peer still sends would make the system drop our last bytes and answer with
     * a reset, so that the peer would never read why it was sent away. Hence only our side is
     * closed, and what comes is thrown away until the peer has closed its own.
     */
    private void allSent() {
        if (has(ENDED)) {
            depart(has(PEER_FIRST) ? Closing.BY_PEER : Closing.BY_US);
        } else {
            clear(PAUSED);
            shutDownOutput();
            listenForBytes();
        }
    }

    @Override
    public final void close() {
        depart(Closing.BY_US);
    }

    final void failed(String detail) {
        depart(has(PEER_FIRST) ? Closing.BY_PEER : Closing.failure(detail));
    }

    private void depart(Closing why) {
        if (!has(CLOSED)) {
            set(CLOSED);
            release(why);
        }
    }

    final boolean departed() {
        return has(CLOSED);
    }

    @Override
    public final boolean open() {
        return !has(FINISHING | CLOSED);
    }

    /** Forgets what waits; the system reads none of it any more. */
    final void dropBytes() {
        dropBacklog();
        Chunk kept = leftOver;
        if (kept != null) {
            leftOver = null;
            sockets().pool().give(kept);
        }
    }

    // News

    private void news() {
        if (!has(NEWS)) {
            set(NEWS);
            sockets().news(this);
        }
    }

    /** Tells the receiver what has come up since the last turn. */
    final void tellNews() {
        clear(NEWS);
        if (has(WAS_HIGH) && backlogBytes() < LOW_WATER && !has(CLOSED | FINISHING)) {
            clear(WAS_HIGH);
            sockets().guarded(this, receiver()::drained);
        }
        if (!has(PAUSED | MOVING | CLOSED | FINISHING)) {
            deliverKept();
        }
        if (has(ENDED)) {
            endByPeer();
        }
    }

    // Moving

    @Override
    public final void moveTo(EventLoop target, Runnable arrived) {
        if (!(target instanceof LoopThread loop)
                || target.choice().kind() != loop().choice().kind()) {
            throw new IllegalArgumentException(
                    "A channel can move only between loops of one kind.");
        }
        if (!open() || backlog != null || has(CONNECTING | MOVING)) {
            throw new IllegalStateException("Only an open channel with nothing to send can move.");
        }
        set(MOVING);
        clear(NEWS | UNSENT);
        sockets().leaves(this, new Arrival(this, loop, arrived));
        if (!has(DELIVERING)) {
            unregister();
        }
    }

    final boolean moving() {
        return has(MOVING);
    }

    private void moveIfWanted() {
        if (has(MOVING) && !has(CLOSED)) {
            unregister();
        }
    }

    /** A channel on its way to another loop, run by that loop. */
    record Arrival(StreamChannel channel, LoopThread target, Runnable arrived) implements Runnable {
        @Override
        public void run() {
            channel.settle(target, arrived);
        }

        /** The target has ended. */
        void abandon() {
            channel.abandon();
        }
    }

    private void settle(LoopThread target, Runnable arrived) {
        sockets((StreamTransport) target.sockets());
        clear(MOVING);
        sockets().adopt(this);
        sockets().guarded(this, arrived);
        if (has(KEPT | ENDED) && !has(CLOSED)) {
            news();
        }
        if (reads() && !has(ENDED)) {
            listenForBytes();
        }
    }
}
