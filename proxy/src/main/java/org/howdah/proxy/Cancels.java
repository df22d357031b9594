package org.howdah.proxy;

import org.howdah.transport.Channel;
import org.howdah.wire.CancelKey;

/** Leads a client's cancel request to the server that works for the client whose key it shows. */
final class Cancels {

    private final ClientTable clients;

    Cancels(ClientTable clients) {
        this.clients = clients;
    }

    /** Does what is asked if the key is right, and closes the channel, whatever came of it. */
    void cancel(CancelKey key, Channel asking) {
        clients.byKey(key)
                .ifPresent(client -> client.home().loop().execute(client::cancelRequested));
        asking.finish();
    }
}
