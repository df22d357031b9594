package org.howdah.proxy;

/**
 * Cancel requests that are on their way to a server connection. Until the last has arrived it might
 * hit whatever runs then: so nobody else may get the connection.
 */
final class PendingCancels {

    private final Server server;
    private int count;

    PendingCancels(Server server) {
        this.server = server;
    }

    /** A cancel request for what runs there is on its way. */
    void begin() {
        count++;
    }

    /** One has arrived or never will; after the last, who was kept waiting goes on. */
    void end() {
        count--;
        if (count > 0 || !server.replies.isEmpty() || !server.channel().open()) {
            return;
        }
        Client client = server.client();
        if (client != null) {
            client.channel().redeliver();
        } else if (server.cleaning().active()) {
            server.cleaning().step();
        }
    }

    /** Whether one may still arrive. */
    boolean any() {
        return count > 0;
    }
}
