package org.howdah.transport;

/** Outcomes of system calls that mean something to us: Linux's error numbers, negated. */
final class SystemErrors {
    static final int INTERRUPTED = -4;
    static final int TRY_AGAIN = -11;
    static final int BUSY = -16;
    static final int TIME_IS_UP = -62;
    static final int PROTOCOL = -71;
    static final int CONNECTION_ABORTED = -103;
    static final int NO_BUFFERS = -105;
    static final int CANCELED = -125;

    private SystemErrors() {}
}
