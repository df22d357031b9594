package org.howdah.rehearsal;

/** The server has answered with an error that was to be expected here. */
final class DesyncError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DesyncError(String what) {
        super(what, null, false, false);
    }
}
