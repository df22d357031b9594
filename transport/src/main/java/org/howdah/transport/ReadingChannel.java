package org.howdah.transport;

import static org.howdah.transport.ChannelState.CLOSED;
import static org.howdah.transport.ChannelState.CONNECTING;
import static org.howdah.transport.ChannelState.DELIVERING;
import static org.howdah.transport.ChannelState.ENDED;
import static org.howdah.transport.ChannelState.FINISHING;
import static org.howdah.transport.ChannelState.KEPT;
import static org.howdah.transport.ChannelState.MOVING;
import static org.howdah.transport.ChannelState.PAUSED;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The part of a channel that reads: it keeps what the receiver left over, and what arrived while
 * reading was paused.
 */
abstract class ReadingChannel extends SendingChannel {
    private @Nullable Chunk leftOver;

    ReadingChannel(Receiver receiver) {
        super(receiver);
    }

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
    }

    private void deliverLeftOver() {
        Chunk kept = leftOver;
        if (kept == null) {
            return;
        }
        clear(KEPT);
        kept.from = offer(kept.bytes, kept.from, kept.to);
        leftOver = sockets().trim(kept);
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
        } catch (RuntimeException | Error failure) {
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

    /** Delivers what the receiver has not seen, if there is anything. */
    final void deliverKept() {
        if (has(KEPT)) {
            deliverLeftOver();
        }
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
}
