package org.howdah.transport;

import java.net.SocketAddress;

/** A client from an IPv4 address, which is kept in six bytes. */
final class UringIp4Channel extends UringChannel {
    private final int ip;
    private final char port;

    UringIp4Channel(UringHome home, Receiver receiver, int handle, int ip, char port) {
        super(home, receiver, handle);
        this.ip = ip;
        this.port = port;
    }

    @Override
    public SocketAddress remote() {
        return SystemAddresses.socket4(ip, port);
    }
}
