package org.howdah.wire;

/** The server has answered with an error where the caller wanted none. */
public final class ServerError extends RuntimeException {

    private final transient Diagnostic diagnostic;

    public ServerError(Diagnostic diagnostic) {
        super(diagnostic.toString());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
