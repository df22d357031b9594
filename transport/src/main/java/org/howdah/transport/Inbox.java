package org.howdah.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a layered channel has for its receiver and the receiver has not taken. */
final class Inbox {
    private final Taker taker;
    private @Nullable Chunk leftOver;
    private boolean delivering;

    Inbox(Taker taker) {
        this.taker = taker;
    }

    /** Takes a prefix of bytes, see {@link Receiver#received}. */
    @FunctionalInterface
    interface Taker {
        int take(ByteBuffer in, int from, int to);
    }

    int bytes() {
        return leftOver == null ? 0 : leftOver.length();
    }

    /** Keeps bytes, behind those that are kept already. */
    void keep(StreamTransport memory, ByteBuffer in, int from, int to) {
        if (from < to) {
            leftOver = memory.keep(leftOver, in, from, to);
        }
    }

    /** Offers bytes together with those that are kept, and keeps what is not taken. */
    void deliver(StreamTransport memory, ByteBuffer in, int from, int to) {
        if (leftOver == null) {
            keep(memory, in, offer(in, from, to), to);
        } else {
            keep(memory, in, from, to);
            redeliver(memory);
        }
    }

    /** Offers what is kept; does nothing from within an offer. */
    void redeliver(StreamTransport memory) {
        Chunk kept = leftOver;
        if (kept != null && !delivering) {
            kept.from = offer(kept.bytes, kept.from, kept.to);
            leftOver = memory.trim(kept);
        }
    }

    private int offer(ByteBuffer in, int from, int to) {
        delivering = true;
        try {
            return taker.take(in, from, to);
        } finally {
            delivering = false;
        }
    }

    void clear(StreamTransport memory) {
        Chunk kept = leftOver;
        if (kept != null) {
            leftOver = null;
            memory.pool().give(kept);
        }
    }
}
