package org.howdah.sql;

/** What a statement does, more closely than its {@link StatementKind}. */
public enum StatementAction {
    NOTHING,

    /** SELECT, VALUES, TABLE, WITH: a read, or a write by one of its {@link Feature}s. */
    QUERY,
    SHOW,
    COPY_TO,

    INSERT,
    UPDATE,
    DELETE,
    MERGE,
    COPY_FROM,
    CALL,
    DO,
    NOTIFY,
    /** Not understood: a syntax error, a newer server's statement. */
    UNKNOWN,

    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    RELEASE,
    ROLLBACK_TO,
    PREPARE_TRANSACTION,
    COMMIT_PREPARED,
    ROLLBACK_PREPARED,
    SET_TRANSACTION,

    SET,
    SET_LOCAL,
    RESET,
    DISCARD,
    LISTEN,
    UNLISTEN,
    PREPARE,
    EXECUTE,
    DEALLOCATE,
    DECLARE,
    FETCH,
    MOVE,
    CLOSE,
    LOAD,
    /** CREATE TEMPORARY ... */
    CREATE_TEMPORARY,

    /** CREATE, ALTER, DROP, GRANT and so on. */
    DEFINE,
    TRUNCATE,
    LOCK,
    /** VACUUM, ANALYZE, CLUSTER, REINDEX, CHECKPOINT. */
    MAINTAIN
}
