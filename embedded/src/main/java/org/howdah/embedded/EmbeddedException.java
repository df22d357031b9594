package org.howdah.embedded;

/**
 * What went wrong with a server on this machine, in one sentence, and what can be done about it.
 */
public final class EmbeddedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;

    public EmbeddedException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public EmbeddedException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** One sentence that says what to do. */
    public String hint() {
        return hint;
    }
}
