package org.howdah.proxy;

import java.time.Duration;
import java.util.function.Consumer;
import org.howdah.transport.EventLoop;

/** Brings a free connection to the client whose turn it is, from loop to loop if need be. */
final class HandOver {

    /** A connection that still sends cannot move to another loop: so often it is looked at. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(1);

    private static final Duration MOST_WAIT = Duration.ofSeconds(5);

    private final Consumer<Client> again;

    /**
     * @param again gets the client whose connection has ended on the way
     */
    HandOver(Consumer<Client> again) {
        this.again = again;
    }

    /** Called by the connection's loop, or by the client's. */
    void deliver(Server server, Client client) {
        if (server.livesOn(client.channel().loop())) {
            client.served(server);
        } else {
            server.channel().loop().execute(() -> move(server, client));
        }
    }

    private void move(Server server, Client client) {
        if (!server.channel().open()) {
            again.accept(client);
            return;
        }
        EventLoop loop = server.channel().loop();
        if (server.channel().backlogBytes() > 0) {
            // Data of a COPY that has failed still leaves; if it does not, the server is stuck.
            if (loop.turnNanos() - server.idleSince() > MOST_WAIT.toNanos()) {
                server.fail("it does not take what is sent to it");
            }
            loop.after(SHORT_WAIT, () -> move(server, client));
            return;
        }
        server.home().servers().remove(server);
        server.channel().moveTo(client.channel().loop(), () -> arrived(server, client));
    }

    private static void arrived(Server server, Client client) {
        server.home(client.home());
        client.home().servers().add(server);
        client.served(server);
    }
}
