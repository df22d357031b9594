package org.howdah.rehearsal;

/** The connection has ended in a way that is allowed. */
final class DesyncGone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    DesyncGone(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
