package org.howdah.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiver's side of a channel that lies over another one, the raw channel: what the bytes of
 * the raw channel turned into is delivered, left over, kept while reading is paused, and moved to
 * another loop. The subclass turns them.
 */
abstract class LayeredChannel extends Channel {
    private static final Logger LOG = LoggerFactory.getLogger(LayeredChannel.class);

    private final Channel raw;
    private final Inbox inbox = new Inbox(this::take);
    private boolean paused;
    private boolean peerEnded;
    private @Nullable Redelivery redelivery;

    LayeredChannel(Channel raw, Receiver receiver) {
        super(receiver);
        this.raw = raw;
    }

    /** Whether the receiver hears nothing any more but {@code closed}. */
    abstract boolean over();

    /** Whether the raw channel must not be read for the subclass's own reasons. */
    abstract boolean busy();

    /** The peer has closed its side, and the receiver has seen all that came before. */
    abstract void endByPeer();

    /** The receiver has failed. */
    abstract void endByFailure(String detail);

    final Channel raw() {
        return raw;
    }

    final StreamTransport sockets() {
        return StreamTransport.of(raw.loop());
    }

    // Delivering

    /** Delivers what is in the loop's buffer, and empties it. */
    final void deliver(ByteBuffer plain) {
        int length = plain.position();
        plain.clear();
        if (length == 0 || over()) {
            return;
        }
        if (paused) {
            inbox.keep(sockets(), plain, 0, length);
        } else {
            inbox.deliver(sockets(), plain, 0, length);
        }
    }

    private int take(ByteBuffer in, int from, int to) {
        int[] taken = {to};
        guarded(() -> {
            int upTo = receiver().received(in, from, to);
            if (upTo < from || upTo > to) {
                throw new IllegalStateException("The receiver took what is not there.");
            }
            taken[0] = upTo;
        });
        return taken[0];
    }

    /** Calls the receiver; when it fails the channel is closed. */
    final void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            LOG.error(
                    "The receiver of {} has failed; the connection is closed.", remote(), failure);
            endByFailure(String.valueOf(failure));
        }
    }

    /** The peer has closed its side; the receiver is told when it has seen what came before. */
    final void peerEnded() {
        peerEnded = true;
        endIfAllRead();
    }

    private void endIfAllRead() {
        if (peerEnded && !paused) {
            endByPeer();
        }
    }

    final void dropLeftOver() {
        inbox.clear(sockets());
    }

    @Override
    public final void redeliver() {
        if (!over()) {
            inbox.redeliver(sockets());
        }
    }

    @Override
    public final int leftOverBytes() {
        return inbox.bytes();
    }

    // Pausing

    @Override
    public final void pauseReading() {
        paused = true;
        raw.pauseReading();
    }

    @Override
    public final void resumeReading() {
        if (!paused) {
            return;
        }
        paused = false;
        if (inbox.bytes() > 0 || peerEnded) {
            redeliverSoon();
        }
        readOn();
    }

    /** Reads the raw channel again, if nothing speaks against it. */
    final void readOn() {
        if (!paused && !busy()) {
            raw.resumeReading();
        }
    }

    @Override
    public final boolean readingPaused() {
        return paused;
    }

    private void redeliverSoon() {
        if (redelivery == null) {
            redelivery = new Redelivery();
            loop().execute(redelivery);
        }
    }

    /** Delivers what was kept while reading was paused. */
    private final class Redelivery implements Runnable {
        /** The channel has gone to another loop. */
        private boolean canceled;

        @Override
        public void run() {
            if (canceled) {
                return;
            }
            redelivery = null;
            if (!paused) {
                redeliver();
                endIfAllRead();
            }
        }
    }

    // Moving

    final void moveRaw(EventLoop target, Runnable arrived) {
        boolean toDeliver = redelivery != null;
        if (redelivery != null) {
            redelivery.canceled = true;
            redelivery = null;
        }
        raw.moveTo(
                target,
                () -> {
                    arrived.run();
                    if (toDeliver) {
                        redeliverSoon();
                    }
                });
    }

    // The same as the raw channel's

    @Override
    public final EventLoop loop() {
        return raw.loop();
    }

    @Override
    public final SocketAddress remote() {
        return raw.remote();
    }

    @Override
    public final SocketAddress local() {
        return raw.local();
    }

    @Override
    public final Optional<String> peerUser() {
        return raw.peerUser();
    }
}
