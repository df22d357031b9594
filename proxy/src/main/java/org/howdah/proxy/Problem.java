package org.howdah.proxy;

/**
 * Something that is wrong or worth knowing about what a proxy was told.
 *
 * @param sentence says what, without any secret
 * @param hint what to do about it
 */
public record Problem(Weight weight, Position at, String sentence, String hint) {

    /** What follows from a problem. */
    public enum Weight {
        /** Nothing is done with these settings. */
        ERROR,
        /** It is probably not what was meant. */
        WARNING,
        /** As it should be, but good to know. */
        NOTE
    }

    /** For a line of a log. */
    @Override
    public String toString() {
        return "%s: %s. Hint: %s".formatted(at, sentence, hint);
    }
}
