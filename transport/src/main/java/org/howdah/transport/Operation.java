package org.howdah.transport;

/**
 * What a completion belongs to; the highest byte of user_data, so that the ring need not look
 * anything up to know it.
 */
final class Operation {
    static final int RECEIVE = 1;
    static final int SEND = 2;

    /** Receives what is there already, and never waits. */
    static final int STREAM = 8;

    static final int CONNECT = 3;
    static final int ACCEPT = 4;
    static final int WAKE_UP = 5;
    static final int INSTALL = 6;

    static final int SHUT_DOWN = 9;

    /** Nobody waits for it. */
    static final int IGNORED = 7;

    private static final int SHIFT = 56;

    private Operation() {}

    static long userData(int operation, int subject) {
        return (long) operation << SHIFT | Integer.toUnsignedLong(subject);
    }

    static int of(long userData) {
        return (int) (userData >>> SHIFT);
    }

    static int subject(long userData) {
        return (int) userData;
    }
}
