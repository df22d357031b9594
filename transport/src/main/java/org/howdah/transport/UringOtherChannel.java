package org.howdah.transport;

import java.net.SocketAddress;

/** A peer at any address: a client by IPv6 or a unix socket, and whoever we connected to. */
final class UringOtherChannel extends UringChannel {
    private final SocketAddress remote;

    UringOtherChannel(UringHome home, Receiver receiver, int handle, SocketAddress remote) {
        super(home, receiver, handle);
        this.remote = remote;
    }

    @Override
    public SocketAddress remote() {
        return remote;
    }
}
