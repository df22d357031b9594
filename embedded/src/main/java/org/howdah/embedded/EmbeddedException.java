package org.howdah.embedded;

/**
 * What went wrong with a server on this machine, in one sentence, and what can be done about it.
 */
public final class EmbeddedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;
    private final boolean usage;

    public EmbeddedException(String message, String hint) {
        super(message);
        this.hint = hint;
        this.usage = false;
    }

    public EmbeddedException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
        this.usage = false;
    }

    private EmbeddedException(String message, String hint, boolean usage) {
        super(message);
        this.hint = hint;
        this.usage = usage;
    }

    /** What was asked for cannot be, whatever the state of the machine; nothing was done. */
    public static EmbeddedException usage(String message, String hint) {
        return new EmbeddedException(message, hint, true);
    }

    /** Whether what was asked for is wrong, not what happened. */
    public boolean usage() {
        return usage;
    }

    /** One sentence that says what to do. */
    public String hint() {
        return hint;
    }
}
