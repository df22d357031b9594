package org.howdah.proxy;

/** A client that is not logged in yet. Loop thread only. */
interface Newcomer {

    /** When it connected, by {@link System#nanoTime}. */
    long since();

    /** It is told why it cannot come in, and let go. */
    void refuse(Refusal why);
}
