package org.howdah.sql;

/**
 * Where a statement may run and what it means for the connection that runs it. Whatever is not
 * understood is a {@link #WRITE}.
 */
public enum StatementKind {
    /** Only comments, white space or semicolons. */
    EMPTY(0),
    /** Any node with the needed data may run it. */
    READ(1),
    /** Begins, ends or marks a transaction. */
    TRANSACTION(2),
    /**
     * Changes or needs the state of its session: it belongs to the session's own server connection,
     * on the writer.
     */
    SESSION(3),
    /** Changes definitions or maintains the server: the writer only. */
    UTILITY(4),
    /** Changes data or may do so: the writer only. */
    WRITE(5);

    private final int weight;

    StatementKind(int weight) {
        this.weight = weight;
    }

    /** Whether a text that has statements of both kinds must be handled as this one. */
    boolean outweighs(StatementKind other) {
        return weight > other.weight;
    }
}
