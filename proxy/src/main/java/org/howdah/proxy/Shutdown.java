package org.howdah.proxy;

/** How a proxy ends. */
public enum Shutdown {
    /** At once, whatever runs. */
    NOW,

    /**
     * When every server connection has come back to its pool; clients that wait for one are told to
     * go.
     */
    WAIT_FOR_SERVERS,

    /** When every client has left. */
    WAIT_FOR_CLIENTS
}
