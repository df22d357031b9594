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
            client.home().loop().execute(() -> client.cancelRequested(done));
        } else {
            done.run();
        }
    }
}
