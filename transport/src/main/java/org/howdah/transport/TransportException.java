package org.howdah.transport;

/** A loop could not be started or a socket could not be made. */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    public TransportException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to do about it, one sentence. */
    public String hint() {
        return hint;
    }
}
