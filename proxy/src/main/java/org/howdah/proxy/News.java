package org.howdah.proxy;

/**
 * What comes for a client from the channels that it listens to. It is told between its transactions
 * and never in the middle of an answer, as PostgreSQL does. Loop thread only.
 */
record News(Client client) {

    /** A transaction has ended, or a statement outside of one. */
    void transactionEnded(boolean committed) {
        if (client.listens() && client.session().listening().undecided()) {
            client.session().listening().ended(committed).forEach(this::leave);
        }
    }

    /**
     * A notification has come: the client is told at once, or when it is not in the middle of
     * anything.
     */
    void notified(String channelName, byte[] message) {
        if (client.open() && client.listens()) {
            client.session().listening().heard(channelName, message);
            deliver();
        }
    }

    /** The listener hears a channel for it now, or cannot. */
    void joined(String channelName, boolean joins) {
        client.session().listening().answered(channelName, joins);
        if (!client.open()) {
            leave(channelName);
            return;
        }
        Server server = client.server();
        client.channel().redeliver();
        if (client.channel().readingPaused() && (server == null || !server.channel().congested())) {
            client.channel().resumeReading();
        }
    }

    /** The listener was disconnected for a while. */
    void missed() {
        if (client.open() && client.listens()) {
            client.session().listening().missed();
            deliver();
        }
    }

    /** Tells what has come, if this is a moment for it. */
    void deliver() {
        if (!client.listens()) {
            return;
        }
        Server server = client.server();
        boolean quiet = server == null || (server.settled() && server.status() == Server.IDLE);
        if (quiet && !client.channel().congested()) {
            client.session().listening().deliver(client.channel());
        }
    }

    /** It has gone. */
    void end() {
        if (client.listens()) {
            client.session().listening().all().forEach(this::leave);
        }
    }

    private void leave(String channelName) {
        client.pool().listener(client.home()).leave(channelName, client);
    }
}
