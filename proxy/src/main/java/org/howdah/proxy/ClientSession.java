package org.howdah.proxy;

import org.jspecify.annotations.Nullable;

/**
 * What a client's session holds beside settings, made when there is something: what pins it to its
 * server connection, and what its statements that were prepared by SQL may do. Its loop writes, the
 * console reads the pins.
 */
final class ClientSession {

    private volatile int pins;
    private volatile long pinnedSince;
    private boolean asksAgain;
    private boolean tellsSettings;
    private int preparedEffects;
    private @Nullable Listening listening;

    /** A set of {@link Pin}s. */
    int pins() {
        return pins;
    }

    void pins(int next, long now) {
        if (pins == 0) {
            pinnedSince = now;
        }
        pins = next;
    }

    /** When the first of the pins came, by {@link System#nanoTime}. */
    long pinnedSince() {
        return pinnedSince;
    }

    /** The server could not answer what is in its session: it is asked after each transaction. */
    boolean asksAgain() {
        return asksAgain;
    }

    void asksAgain(boolean again) {
        asksAgain = again;
    }

    /** What is set next is to be reported to the client, which has seen the server's own values. */
    boolean tellsSettings() {
        return tellsSettings;
    }

    void tellsSettings(boolean tells) {
        tellsSettings = tells;
    }

    /** The channels that it listens to. */
    Listening listening() {
        if (listening == null) {
            listening = new Listening();
        }
        return listening;
    }

    /** Whether it has listened to any. */
    boolean listens() {
        return listening != null;
    }

    /** What the statements may do that were prepared by SQL. */
    int preparedEffects() {
        return preparedEffects;
    }

    void prepared(int effects) {
        preparedEffects |= effects;
    }
}
