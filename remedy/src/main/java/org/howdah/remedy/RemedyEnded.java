package org.howdah.remedy;

/** Ends a remedy early, on its way to the one place that writes down how it ended. */
final class RemedyEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RemedyState state;

    RemedyEnded(RemedyState state, String reason) {
        super(reason, null, false, false);
        this.state = state;
    }

    RemedyState state() {
        return state;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
