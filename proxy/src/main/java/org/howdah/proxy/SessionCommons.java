package org.howdah.proxy;

import org.jspecify.annotations.Nullable;

/** What the sessions of a pool's clients have in common. Any thread. */
final class SessionCommons {

    private final FunctionCatalog functions;
    private final SettingsShare share;
    private final Entrances entrances;
    private volatile boolean sequences;
    private @Nullable Listener listener;

    SessionCommons(FunctionCatalog functions, SettingsShare share) {
        this.functions = functions;
        this.share = share;
        this.entrances = new Entrances(share);
    }

    /** What is known of the database's functions. */
    FunctionCatalog functions() {
        return functions;
    }

    /** By which equal settings are the same object. */
    SettingsShare share() {
        return share;
    }

    /** How clients enter. */
    Entrances entrances() {
        return entrances;
    }

    /** Listens for the clients of this pool; lives on this loop if it is made now. */
    synchronized Listener listener(Pool pool, ProxyLoop loop) {
        if (listener == null) {
            listener = new Listener(pool, loop);
        }
        return listener;
    }

    /** The servers may be elsewhere now. */
    synchronized void reconnect() {
        if (listener != null) {
            listener.reconnect();
        }
    }

    /** Somebody has asked for what the session drew from a sequence. */
    void sequencesMatter() {
        sequences = true;
    }

    /** Whether what is drawn from sequences must not be seen by the next client. */
    boolean sequences() {
        return sequences;
    }
}
