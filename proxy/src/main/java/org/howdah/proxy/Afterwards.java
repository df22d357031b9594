package org.howdah.proxy;

/** What becomes of a server connection when its client has left it; each includes the former. */
enum Afterwards {
    /** It is clean: back to the pool. */
    RELEASE,
    /** The pool's reset query runs first. */
    RESET,
    /** All that may be left in the session is discarded. */
    DISCARD,
    /** Something stays that cannot be discarded: it is closed. */
    RETIRE;

    Afterwards orMore(Afterwards other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
