package org.howdah.proxy;

/**
 * What a statement may do to the session that runs it, as bits of an int. They are doubts, not
 * facts: whether it did so is asked of the server when the transaction has ended.
 */
final class Effects {

    static final int NONE = 0;

    /** Settings of the session may have changed. */
    static final int SETTINGS = 1;

    /** Advisory locks of the session may have been taken or given back. */
    static final int LOCKS = 1 << 1;

    /** Temporary objects may have come or gone. */
    static final int TEMPORARY = 1 << 2;

    /** A cursor WITH HOLD may stay. */
    static final int CURSORS = 1 << 3;

    /** Statements may have been prepared or dropped by SQL. */
    static final int STATEMENTS = 1 << 4;

    /** Channels may have been listened to. */
    static final int CHANNELS = 1 << 5;

    /** A temporary replication slot may have been made. */
    static final int SLOTS = 1 << 6;

    /** All that the server can be asked about. */
    static final int ANY = (1 << 7) - 1;

    /** Something stays that cannot be asked about, and that no command takes away. */
    static final int LASTING = 1 << 7;

    /** A setting has changed whose name is not known. */
    static final int UNSEEN = 1 << 8;

    /** A cursor was closed: one that was held may have gone. */
    static final int CLOSES = 1 << 9;

    /** It begins or ends transactions: what else is in the same group may be undone. */
    static final int CONTROL = 1 << 10;

    /** Functions may have been defined. */
    static final int DEFINES = 1 << 11;

    /** It asks for what the session drew from a sequence. */
    static final int SEQUENCES = 1 << 12;

    /** All prepared statements go, those of the protocol too. */
    static final int DEALLOCATES = 1 << 13;

    /** It runs a statement that was prepared by SQL: with the effects of that. */
    static final int EXECUTES = 1 << 14;

    /** Settings may have gone back to what the session began with. */
    static final int RESETS = 1 << 15;

    private Effects() {}
}
