package org.howdah.proxy;

import org.howdah.wire.Credentials;

/** What the clients of a pool have proven themselves with, to be shown to servers. Any thread. */
final class ProvenCredentials {

    private final Runnable changed;
    private volatile Credentials latest = Credentials.none();

    /**
     * @param changed is told when there are others: what a server refused may be right now
     */
    ProvenCredentials(Runnable changed) {
        this.changed = changed;
    }

    Credentials latest() {
        return latest;
    }

    /** A client has logged in; who shows nothing takes nothing away. */
    void learn(Credentials shown) {
        if (shown instanceof Credentials.None || shown.equals(latest)) {
            return;
        }
        latest = shown;
        changed.run();
    }

    /** The server does not take them. */
    void forget() {
        latest = Credentials.none();
    }
}
