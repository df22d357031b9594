package org.howdah.proxy;

/** When a server connection goes back to its pool. */
public enum PoolMode {
    /** When the client leaves. */
    SESSION,
    /** When its transaction has ended. */
    TRANSACTION,
    /** After each statement; transactions of several statements are refused. */
    STATEMENT
}
