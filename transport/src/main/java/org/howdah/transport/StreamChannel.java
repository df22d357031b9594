package org.howdah.transport;

import static org.howdah.transport.ChannelState.BROKEN;
import static org.howdah.transport.ChannelState.CLOSED;
import static org.howdah.transport.ChannelState.CONNECTING;
import static org.howdah.transport.ChannelState.ENDED;
import static org.howdah.transport.ChannelState.FINISHING;
import static org.howdah.transport.ChannelState.KEPT;
import static org.howdah.transport.ChannelState.MOVING;
import static org.howdah.transport.ChannelState.NEWS;
import static org.howdah.transport.ChannelState.PAUSED;
import static org.howdah.transport.ChannelState.PEER_FIRST;
import static org.howdah.transport.ChannelState.UNSENT;
import static org.howdah.transport.ChannelState.WAS_HIGH;

/**
 * What a channel does whatever the system's interface, all in all: besides sending and reading it
 * connects, ends in order, tells its receiver so, and moves to other loops. The subclass moves the
 * bytes.
 *
 * <p>There may be tens of thousands of these that do nothing, so that the state is packed and all
 * else is there only while it is needed.
 */
abstract class StreamChannel extends ReadingChannel {

    StreamChannel(Receiver receiver) {
        super(receiver);
    }

    /** Changes owner. */
    abstract void sockets(StreamTransport next);

    /** Tells the peer that nothing more comes from us. */
    abstract void shutDownOutput();

    /** Gives the socket back, then calls {@link StreamTransport#gone}, at once or later. */
    abstract void release(Closing why);

    /** Hears nothing any more, then calls {@link StreamTransport#letGo}, at once or later. */
    abstract void unregister();

    /** Closes the socket of a channel that belongs to no loop. Any thread. */
    abstract void abandon();

    @Override
    public final EventLoop loop() {
        return sockets().loop();
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
        if (hasUnsent()) {
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
            if (!hasUnsent()) {
                finished();
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

    private void endByPeer() {
        if (has(PAUSED | MOVING | FINISHING | CLOSED)) {
            return;
        }
        if (has(BROKEN)) {
            depart(Closing.failure("Broken pipe"));
        } else if (!hasUnsent()) {
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
        if (!hasUnsent() && !has(CONNECTING)) {
            allSent();
        }
    }

    private void limitFinish() {
        loop().after(SocketSettings.LINGER, this::finished);
    }

    private void finished() {
        depart(has(PEER_FIRST) ? Closing.BY_PEER : Closing.BY_US);
    }

    /**
     * Closing while the peer still sends would make the system drop our last bytes and answer with
     * a reset, so that the peer would never read why it was sent away. Hence only our side is
     * closed, and what comes is thrown away until the peer has closed its own.
     */
    @Override
    final void allSent() {
        if (has(ENDED)) {
            finished();
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

    @Override
    final void depart(Closing why) {
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

    // News

    @Override
    final void news() {
        if (!has(NEWS)) {
            set(NEWS);
            sockets().news(this);
        }
    }

    /** Tells the receiver what has come up since the last turn. */
    final void tellNews() {
        clear(NEWS);
        if (has(WAS_HIGH) && backlogBytes() < LOW_WATER && !has(MOVING | CLOSED | FINISHING)) {
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
        if (!open() || hasUnsent() || has(CONNECTING | MOVING)) {
            throw new IllegalStateException("Only an open channel with nothing to send can move.");
        }
        set(MOVING);
        Arrival arrival = new Arrival(this, loop, arrived);
        // Later: we may be in the midst of telling the receiver something.
        loop().execute(() -> goAway(arrival));
    }

    private void goAway(Arrival arrival) {
        if (!has(CLOSED)) {
            sockets().leaves(this, arrival);
            clear(NEWS | UNSENT);
            sockets().unlist(this);
            unregister();
        }
    }

    final boolean moving() {
        return has(MOVING);
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
        sockets(StreamTransport.of(target));
        clear(MOVING);
        sockets().adopt(this);
        sockets().guarded(this, arrived);
        if (has(WAS_HIGH | KEPT | ENDED) && !has(CLOSED)) {
            news();
        }
        if (reads() && !has(ENDED)) {
            listenForBytes();
        }
    }
}
