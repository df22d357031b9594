package org.howdah.transport;

import java.nio.ByteBuffer;

/** Receives for a channel until its acceptor has said who does. */
enum NoReceiver implements Receiver {
    NOBODY;

    @Override
    public int received(ByteBuffer in, int from, int to) {
        return from;
    }

    @Override
    public void drained() {}

    @Override
    public void closed(Closing why) {}
}
