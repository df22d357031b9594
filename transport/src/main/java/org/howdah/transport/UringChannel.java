package org.howdah.transport;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;

/**
 * A socket whose bytes are moved by a ring. At most one receive (which goes on by itself) and one
 * send are under way; the socket is given back only when neither is, so that no completion can ever
 * be taken for that of a later socket.
 */
abstract sealed class UringChannel extends StreamChannel
        permits UringIp4Channel, UringOtherChannel {
    private static final int RECEIVING = ChannelState.FIRST_OF_SUBCLASS;

    /** A send or a connect is under way. */
    private static final int SENDING = ChannelState.FIRST_OF_SUBCLASS << 1;

    /** The receive is being canceled. */
    private static final int STOPPING = ChannelState.FIRST_OF_SUBCLASS << 2;

    /**
     * More comes than the receiver wants: after each pause what is there is fetched in one large
     * piece. Receives that go on by themselves would overrun it again and again.
     */
    private static final int STREAMING = ChannelState.FIRST_OF_SUBCLASS << 3;

    /**
     * Our side is being closed. The kernel does that on a thread of its own and looks the slot up
     * only there: given back before, the slot could be the next client's by then.
     */
    private static final int SHUTTING = ChannelState.FIRST_OF_SUBCLASS << 4;

    /** A smaller piece is the end of the stream. */
    private static final int STREAM_PIECE_LEAST = 16 * 1024;

    private UringHome home;
    private int handle;

    UringChannel(UringHome home, Receiver receiver, int handle) {
        super(receiver);
        this.home = home;
        this.handle = handle;
    }

    @Override
    final UringTransport sockets() {
        return home.transport();
    }

    @Override
    final void sockets(StreamTransport next) {
        home = new UringHome((UringTransport) next, home.local());
    }

    final void local(SocketAddress address) {
        home = new UringHome(home.transport(), address);
    }

    final int handle() {
        return handle;
    }

    final void handle(int next) {
        handle = next;
    }

    private Requests requests() {
        return sockets().requests();
    }

    // Receiving

    @Override
    final void listenForBytes() {
        if (has(RECEIVING) || departed()) {
            return;
        }
        set(RECEIVING);
        if (has(STREAMING)) {
            sockets().receiveNow(this);
        } else {
            requests().receive(handle);
        }
    }

    private void stopReceiving() {
        if (has(RECEIVING) && !has(STOPPING | STREAMING)) {
            set(STOPPING);
            requests().cancel(Operation.RECEIVE, handle);
        }
    }

    /** Bytes have come; the receive goes on. */
    final void receivedMore(BufferRing buffers, int buffer, int length) {
        int start = BufferRing.start(buffer);
        arrived(buffers.memory(), start, start + length);
        if (!reads()) {
            // Only now: most pauses end before anything arrives and cost nothing.
            stopReceiving();
        }
    }

    /** A piece of a stream has come, or nothing was there. */
    final void pieceReceived(Chunk piece, int outcome) {
        if (outcome > 0) {
            arrived(piece.bytes, 0, outcome);
        }
        if (outcome < STREAM_PIECE_LEAST) {
            clear(STREAMING);
        }
        receiveEnded(outcome);
    }

    /**
     * The receive has ended.
     *
     * @param outcome positive when bytes came with it that were given to {@link #receivedMore}
     */
    final void receiveEnded(int outcome) {
        if (has(STOPPING) && readingPaused()) {
            set(STREAMING);
        }
        clear(RECEIVING | STOPPING);
        if (departed()) {
            releaseWhenIdle();
        } else if (outcome == 0) {
            ended();
        } else if (outcome < 0
                && outcome != SystemErrors.NO_BUFFERS
                && outcome != SystemErrors.CANCELED
                && outcome != SystemErrors.TRY_AGAIN
                && outcome != SystemErrors.INTERRUPTED) {
            receiveFailed(outcome);
        } else if (reads()) {
            listenForBytes();
        }
        if (moving() && sockets().isLeaving(this)) {
            sockets().leave(this);
        }
    }

    private void receiveFailed(int outcome) {
        if (moving()) {
            // The new loop finds out by itself.
            ended();
        } else {
            readFailed(SystemCalls.words(outcome));
        }
    }

    // Sending

    @Override
    final void flush() {
        Chunk chunk = firstUnsent();
        if (chunk != null && !has(SENDING)) {
            set(SENDING);
            requests().send(handle, chunk.address + chunk.from, chunk.length());
        }
    }

    final void sendEnded(int outcome) {
        clear(SENDING);
        if (departed()) {
            releaseWhenIdle();
        } else if (outcome >= 0) {
            sent(outcome);
            flush();
        } else if (outcome == SystemErrors.INTERRUPTED || outcome == SystemErrors.TRY_AGAIN) {
            flush();
        } else {
            sendFailed(SystemCalls.words(outcome));
        }
    }

    @Override
    final void shutDownOutput() {
        if (sockets().shutDownOutput(handle)) {
            set(SHUTTING);
        }
    }

    final void shutDownEnded() {
        clear(SHUTTING);
        if (departed()) {
            releaseWhenIdle();
        }
    }

    // Connecting

    final void connect(long address, int addressLength) {
        set(SENDING);
        requests().connect(handle, address, addressLength);
    }

    final void connectEnded(int outcome) {
        clear(SENDING);
        if (departed()) {
            releaseWhenIdle();
        } else if (outcome < 0) {
            failed(SystemCalls.words(outcome));
        } else {
            sockets().learnLocal(this);
            connected();
        }
    }

    // Ending and moving

    @Override
    final void release(Closing why) {
        if (has(RECEIVING | SENDING | SHUTTING)) {
            sockets().dies(this, why);
            stopReceiving();
            if (has(SENDING)) {
                requests().cancel(connecting() ? Operation.CONNECT : Operation.SEND, handle);
            }
        } else {
            sockets().giveBack(this, why);
        }
    }

    private void releaseWhenIdle() {
        if (!has(RECEIVING | SENDING | SHUTTING)) {
            sockets().giveBack(this, sockets().reason(this));
        }
    }

    @Override
    final void unregister() {
        if (has(RECEIVING)) {
            stopReceiving();
        } else {
            sockets().leave(this);
        }
    }

    @Override
    final void abandon() {
        sockets().abandon(handle);
    }

    @Override
    public final Optional<String> peerUser() {
        return remote() instanceof UnixDomainSocketAddress && !departed()
                ? sockets().peerUser(handle)
                : Optional.empty();
    }

    @Override
    public final SocketAddress local() {
        return home.local();
    }
}
