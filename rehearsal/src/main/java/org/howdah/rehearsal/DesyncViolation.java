package org.howdah.rehearsal;

/** A client got what it should not have got, or did not get what it should have. */
final class DesyncViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DesyncViolation(String what) {
        super(what);
    }
}
