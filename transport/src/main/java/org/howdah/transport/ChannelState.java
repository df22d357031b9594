package org.howdah.transport;

/**
 * What a {@link StreamChannel} remembers about itself in the bits of one number, so that tens of
 * thousands of idle ones stay small.
 */
final class ChannelState {
    /** The receiver wants nothing for now. */
    static final int PAUSED = 1;

    /** The peer has closed its side; while paused the receiver does not know yet. */
    static final int ENDED = 1 << 1;

    /** No more from either side; what was collected still leaves. */
    static final int FINISHING = 1 << 2;

    /** It is finishing because the peer closed its side, not because we wanted to. */
    static final int PEER_FIRST = 1 << 3;

    /** Only {@code closed} is still to come. */
    static final int CLOSED = 1 << 4;

    /** The backlog was above the high-water mark and the receiver is to hear when it is low. */
    static final int WAS_HIGH = 1 << 5;

    /** The receiver is reading right now. */
    static final int DELIVERING = 1 << 6;

    /** In the transport's list of those with something to send. */
    static final int UNSENT = 1 << 7;

    /** In the transport's list of those with something to tell. */
    static final int NEWS = 1 << 8;

    static final int CONNECTING = 1 << 9;

    /** On its way to another loop. */
    static final int MOVING = 1 << 10;

    /** There are bytes left over that are to be delivered without being asked for. */
    static final int KEPT = 1 << 11;

    /** Sending has failed; what the peer said before that is still read. */
    static final int BROKEN = 1 << 12;

    /** The bits from here on are the subclass's. */
    static final int FIRST_OF_SUBCLASS = 1 << 13;

    private ChannelState() {}
}
