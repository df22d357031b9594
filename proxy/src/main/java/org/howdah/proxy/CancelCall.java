package org.howdah.proxy;

import java.nio.ByteBuffer;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.wire.CancelRequest;
import org.jspecify.annotations.Nullable;

/**
 * A cancel request on its way to a server. The server closes the connection when it has done what
 * was asked; until then the connection whose statement is meant is kept from everybody else.
 */
final class CancelCall implements Receiver {

    private final Server server;
    private final ProxyLoop home;
    private @Nullable Channel channel;

    CancelCall(Server server) {
        this.server = server;
        this.home = server.home();
    }

    void channel(Channel dialed) {
        channel = dialed;
    }

    @Override
    public void connected() {
        if (channel != null) {
            new CancelRequest(server.key()).writeTo(home.writer());
            home.send(channel);
        }
    }

    @Override
    public int received(ByteBuffer in, int from, int to) {
        return to;
    }

    @Override
    public void drained() {
        // Sixteen bytes never congest anything.
    }

    @Override
    public void closed(Closing why) {
        server.cancelEnds();
    }
}
