package org.howdah.advisor;

/** The statement has something in it that its shape could not say truly. */
final class UnreadableShape extends RuntimeException {
    private final String reason;

    UnreadableShape(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
