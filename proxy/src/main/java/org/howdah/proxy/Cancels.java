package org.howdah.proxy;

import java.util.Optional;
import org.howdah.transport.Channel;
import org.howdah.wire.CancelKey;

/** Leads a client's cancel request to the server that works for the client whose key it shows. */
final class Cancels {

    private final ClientTable clients;

    Cancels(ClientTable clients) {
        this.clients = clients;
    }

    /**
     * Does what is asked if the key is right. The channel is closed when that is done, so that who
     * waits for it knows that nothing he does afterwards will be hit.
     */
    void cancel(CancelKey key, Channel asking) {
        Runnable done = () -> asking.loop().execute(asking::finish);
        Optional<Client> meant = clients.byKey(key);
        if (meant.isPresent()) {
            Client client = meant.get();
            client.home().loop().execute(() -> cancel(client, done));
        } else {
            done.run();
        }
    }

    /** Called by the client's loop. */
    private static void cancel(Client client, Runnable done) {
        Server server = client.server();
        if (server != null && server.session().inquiring()) {
            server.session().cancelLater(done);
            return;
        }
        if (server != null && !server.replies.isEmpty()) {
            client.pool().cancel(server, done);
            return;
        }
        if (client.waiting() && client.open()) {
            client.refuse(Refusal.CANCELED_WHILE_WAITING);
        }
        done.run();
    }
}
