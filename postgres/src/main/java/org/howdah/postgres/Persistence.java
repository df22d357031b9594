package org.howdah.postgres;

/** What of a relation survives a crash; temporary relations are not read. */
public enum Persistence {
    PERMANENT,
    /** Emptied after a crash, and empty on every standby. */
    UNLOGGED
}
