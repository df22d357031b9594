package org.howdah.embedded;

/**
 * How a server is stopped: <a
 * href="https://www.postgresql.org/docs/18/server-shutdown.html">PostgreSQL's three ways</a>.
 */
public enum StopMode {
    /** Waits until every client has left. */
    SMART(Posix.SIGTERM),
    /** Ends the sessions, rolls back, writes a checkpoint. */
    FAST(Posix.SIGINT),
    /** Ends at once; the next start recovers from the WAL. */
    IMMEDIATE(Posix.SIGQUIT);

    private final int signal;

    StopMode(int signal) {
        this.signal = signal;
    }

    int signal() {
        return signal;
    }
}
