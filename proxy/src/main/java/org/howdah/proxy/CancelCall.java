package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.howdah.transport.Channel;
import org.howdah.transport.Closing;
import org.howdah.transport.TlsChannel;
import org.howdah.wire.CancelRequest;

/**
 * A cancel request on its way to a server. The server closes the connection when it has done what
 * was asked; until then the connection whose statement is meant is kept from everybody else. When
 * that takes too long, nobody knows when the request will arrive: then that connection is closed.
 */
final class CancelCall extends ServerApproach {

    private final Server server;
    private final Runnable done;
    private boolean sent;
    private boolean over;

    /**
     * @param done what is to be done when the server has done its part or will not
     */
    CancelCall(Server server, Target target, SlowWork work, Runnable done) {
        super(
                server.home(),
                target,
                server.channel() instanceof TlsChannel ? Wish.ALWAYS : Wish.NEVER,
                work);
        this.server = server;
        this.done = done;
    }

    /** The connection is being made. */
    void begin(Channel dialed) {
        dialed(dialed);
        home().loop().after(server.pool().terms().times().serverConnect(), this::late);
    }

    @Override
    void through() {
        new CancelRequest(server.identity().key()).writeTo(home().writer());
        home().send(link());
        sent = true;
    }

    private void late() {
        if (over) {
            return;
        }
        if (sent) {
            server.fail("a cancel request for it does not arrive");
        }
        link().close();
    }

    @Override
    int heard(ByteBuffer in, int from, int to) {
        return to;
    }

    @Override
    void ended(Closing closing, Optional<Refusal> why) {
        over = true;
        server.cancels().end();
        done.run();
    }
}
