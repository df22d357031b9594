package org.howdah.sql;

/**
 * The statements that control transactions and sessions, and CREATE, which may do the latter. The
 * cursor stands on their first word.
 */
final class ControlStatements {

    private final Cursor cursor;
    private final Verdict verdict;

    ControlStatements(Cursor cursor, Verdict verdict) {
        this.cursor = cursor;
        this.verdict = verdict;
    }

    void begin() {
        transaction(StatementAction.BEGIN);
        modes();
    }

    /** START TRANSACTION; there is no other START. */
    void start() {
        cursor.step();
        if (cursor.key() == Keyword.TRANSACTION) {
            begin();
        } else {
            verdict.unknown();
        }
    }

    /** COMMIT or ROLLBACK by any of their names, of this transaction or of a prepared one. */
    void finish(StatementAction plain, StatementAction prepared) {
        transaction(plain);
        boolean no = false;
        while (cursor.step()) {
            switch (cursor.key()) {
                case PREPARED -> transaction(prepared);
                case TO -> transaction(StatementAction.ROLLBACK_TO);
                case NO -> no = true;
                case CHAIN -> {
                    if (!no) {
                        verdict.add(Feature.CHAIN);
                    }
                }
                default -> {}
            }
        }
    }

    void transaction(StatementAction action) {
        verdict.set(StatementKind.TRANSACTION, action);
    }

    void session(StatementAction action, boolean remains) {
        verdict.set(StatementKind.SESSION, action);
        if (remains) {
            verdict.add(Feature.SESSION_STATE);
        }
    }

    /** READ ONLY and READ WRITE among a transaction's modes. */
    private void modes() {
        do {
            if (cursor.beforeKey() == Keyword.READ) {
                switch (cursor.key()) {
                    case ONLY -> verdict.add(Feature.READ_ONLY);
                    case WRITE -> verdict.add(Feature.READ_WRITE);
                    default -> {}
                }
            }
        } while (cursor.step());
    }

    /** SET of a setting, for the session or the transaction, or of the transaction's modes. */
    void set() {
        cursor.step();
        boolean local = cursor.key() == Keyword.LOCAL;
        if (local || cursor.key() == Keyword.SESSION) {
            cursor.step();
        }
        switch (cursor.key()) {
            case TRANSACTION -> {
                transaction(StatementAction.SET_TRANSACTION);
                modes();
            }
            case CONSTRAINTS -> session(StatementAction.SET_LOCAL, false);
            default -> session(local ? StatementAction.SET_LOCAL : StatementAction.SET, !local);
        }
    }

    /** PREPARE of a statement, or PREPARE TRANSACTION 'name'. */
    void prepare() {
        cursor.step();
        boolean transaction = cursor.key() == Keyword.TRANSACTION;
        cursor.step();
        if (transaction && cursor.kind() == TokenKind.STRING) {
            transaction(StatementAction.PREPARE_TRANSACTION);
        } else {
            session(StatementAction.PREPARE, true);
        }
    }

    /** A cursor lives as long as its transaction, or as its session if it is declared WITH HOLD. */
    void declare() {
        session(StatementAction.DECLARE, false);
        while (cursor.step()) {
            if (cursor.key() == Keyword.HOLD && cursor.beforeKey() == Keyword.WITH) {
                verdict.add(Feature.HOLD);
                verdict.add(Feature.SESSION_STATE);
            }
        }
    }

    void create() {
        verdict.set(StatementKind.UTILITY, StatementAction.DEFINE);
        boolean modifiers = true;
        while (modifiers && cursor.step()) {
            switch (cursor.key()) {
                case TEMP, TEMPORARY -> temporary();
                case OR, REPLACE, GLOBAL, LOCAL -> {}
                case FUNCTION, PROCEDURE -> {
                    cursor.routine();
                    modifiers = false;
                }
                default -> modifiers = false;
            }
        }
        while (cursor.step()) {
            if (cursor.key() == Keyword.PG_TEMP) {
                temporary();
            }
        }
    }

    private void temporary() {
        session(StatementAction.CREATE_TEMPORARY, true);
        verdict.add(Feature.TEMPORARY);
    }
}
