package org.howdah.proxy;

import java.nio.ByteBuffer;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.Receiver;
import org.howdah.wire.CancelRequest;
import org.jspecify.annotations.Nullable;

/**
 * A cancel request on its way to a server. The server closes the connection when it has done what
 * was asked; until then the connection whose statement is meant is kept from everybody else. When
 * that takes too long, nobody knows when the request will arrive: then that connection is closed.
 */
final class CancelCall implements Receiver {

    private final Server server;
    private final ProxyLoop home;
    private final Runnable done;
    private @Nullable Channel channel;
    private boolean sent;
    private boolean over;

    /**
     * @param done what is to be done when the server has done its part or will not
     */
    CancelCall(Server server, Runnable done) {
        this.server = server;
        this.home = server.home();
        this.done = done;
    }

    void channel(Channel dialed) {
        channel = dialed;
        home.loop().after(server.pool().terms().times().serverConnect(), this::late);
    }

    @Override
    public void connected() {
        if (channel != null) {
            new CancelRequest(server.key()).writeTo(home.writer());
            home.send(channel);
            sent = true;
        }
    }

    private void late() {
        if (over || channel == null) {
            return;
        }
        if (sent) {
            server.fail("a cancel request for it does not arrive");
        }
        channel.close();
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
        over = true;
        server.cancelEnds();
        done.run();
    }
}
