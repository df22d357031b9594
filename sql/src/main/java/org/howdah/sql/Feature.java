package org.howdah.sql;

/** What a proxy needs to know of a statement beside its kind. */
public enum Feature {
    /** The text has more than one statement. */
    MULTIPLE_STATEMENTS(0),
    /** FOR UPDATE, FOR SHARE and their like. */
    LOCKING_CLAUSE(1),
    /** It calls a function that may write ({@link VolatileFunctions}). */
    VOLATILE_FUNCTION(2),
    /** SELECT ... INTO a new table. */
    SELECT_INTO(3),
    /** An INSERT, UPDATE, DELETE or MERGE inside WITH. */
    MODIFYING_CTE(4),
    /** EXPLAIN: the kind is that of what is explained. */
    EXPLAIN(5),
    /** EXPLAIN that runs the statement. */
    EXPLAIN_ANALYZE(6),
    /**
     * Something stays in the session when the transaction has ended: a setting, a lock, a cursor, a
     * temporary table.
     */
    SESSION_STATE(7),
    /** BEGIN or SET TRANSACTION with READ ONLY. */
    READ_ONLY(8),
    /** BEGIN or SET TRANSACTION with READ WRITE. */
    READ_WRITE(9),
    /** COMMIT or ROLLBACK AND CHAIN: the next transaction has begun. */
    CHAIN(10),
    /** A cursor WITH HOLD. */
    HOLD(11),
    /** A temporary table, view or sequence is created. */
    TEMPORARY(12),
    /** COPY to or from a file or program of the server. */
    SERVER_FILE(13),
    /**
     * The text does not end properly or has characters that cannot stand there: the server will
     * refuse it.
     */
    INVALID(14),
    /** It has parameters ({@code $1}). */
    PARAMETERS(15),
    /** It calls a function that changes settings, such as {@code set_config}. */
    SETTING_FUNCTION(16),
    /** It takes or gives back an advisory lock of the session. */
    ADVISORY_LOCK(17),
    /** It asks for the last value that the session drew from a sequence. */
    SEQUENCE_VALUE(18),
    /** It leaves something in the session that no command takes away. */
    LASTING(19),
    /** It may create a replication slot that lives as long as the session. */
    TEMPORARY_SLOT(20),
    /** It calls a function of the database's own that changes the session in ways not seen here. */
    SESSION_FUNCTION(21),
    /** A name is written with escapes, so that it is not known what it names. */
    ESCAPED_NAME(22);

    private final int bit;

    Feature(int position) {
        this.bit = 1 << position;
    }

    int bit() {
        return bit;
    }
}
