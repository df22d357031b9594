package org.howdah.remedy;

/** How far a remedy has come. */
public enum RemedyState {
    /** Nothing has been changed yet. */
    PLANNED,
    RUNNING,
    DONE,
    /** Done, found to be of no use, and taken back. */
    NOT_PROVEN,
    /** A guard, a lock or a last look at the object forbade it; nothing stays changed. */
    REFUSED,
    /** The server refused a statement; what was begun is taken back. */
    FAILED,
    /** Stopped by a person, or its process ended; the reason says what is left. */
    INTERRUPTED,
    /** Done once and taken back on request. */
    UNDONE;

    public boolean isEnd() {
        return this != PLANNED && this != RUNNING;
    }
}
