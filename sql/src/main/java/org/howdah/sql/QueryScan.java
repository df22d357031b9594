package org.howdah.sql;

/**
 * Looks in a query for what makes it more than a read: a modifying WITH, SELECT INTO, a locking
 * clause, calls of functions that may write.
 */
final class QueryScan {

    private final Cursor cursor;
    private final Verdict verdict;
    private boolean with;

    QueryScan(Cursor cursor, Verdict verdict) {
        this.cursor = cursor;
        this.verdict = verdict;
    }

    /** From SELECT, VALUES, TABLE or WITH to the end of the statement. */
    void query() {
        verdict.set(StatementKind.READ, StatementAction.QUERY);
        scan(0);
        judge();
    }

    /**
     * From the word that a query in {@code depth} parentheses begins with until that many are
     * closed.
     */
    void queryInside(int depth) {
        verdict.set(StatementKind.READ, StatementAction.QUERY);
        scan(depth);
        judge();
    }

    /** From INSERT, UPDATE, DELETE or MERGE to the end of the statement. */
    void modify(StatementAction what) {
        scan(0);
        verdict.set(StatementKind.WRITE, what);
    }

    private void scan(int least) {
        with = false;
        int outermost = cursor.depth();
        while (!cursor.ended() && cursor.depth() >= least) {
            token(outermost);
            cursor.step();
        }
    }

    private void token(int outermost) {
        switch (cursor.key()) {
            case WITH -> with = true;
            case INTO -> into();
            case INSERT -> modifying(StatementAction.INSERT, outermost);
            case UPDATE -> {
                // FOR UPDATE, FOR NO KEY UPDATE.
                if (cursor.beforeKey() == Keyword.FOR || cursor.beforeKey() == Keyword.KEY) {
                    verdict.add(Feature.LOCKING_CLAUSE);
                } else {
                    modifying(StatementAction.UPDATE, outermost);
                }
            }
            case DELETE -> modifying(StatementAction.DELETE, outermost);
            case MERGE -> modifying(StatementAction.MERGE, outermost);
            case SHARE, NO, KEY -> {
                if (cursor.beforeKey() == Keyword.FOR) {
                    verdict.add(Feature.LOCKING_CLAUSE);
                }
            }
            case TEMP, TEMPORARY, PG_TEMP -> temporary();
            default -> {}
        }
    }

    private void into() {
        if (cursor.beforeKey() != Keyword.INSERT && cursor.beforeKey() != Keyword.MERGE) {
            verdict.add(Feature.SELECT_INTO);
        }
    }

    /** INTO TEMP t, INTO LOCAL TEMPORARY t, INTO pg_temp.t. */
    private void temporary() {
        boolean target =
                switch (cursor.beforeKey()) {
                    case INTO, LOCAL, GLOBAL, TABLE -> true;
                    default -> false;
                };
        if (target && verdict.has(Feature.SELECT_INTO)) {
            verdict.add(Feature.TEMPORARY);
        }
    }

    /**
     * A word that can begin a statement inside WITH or behind it. Without WITH, or behind something
     * that only an operand or a table can follow, it is a name, since PostgreSQL does not reserve
     * it.
     */
    private void modifying(StatementAction what, int outermost) {
        if (!with || nameFollows()) {
            return;
        }
        verdict.add(Feature.MODIFYING_CTE);
        if (cursor.depth() == outermost) {
            verdict.set(StatementKind.WRITE, what);
        }
    }

    private boolean nameFollows() {
        return switch (cursor.beforeKind()) {
            case COMMA, OPERATOR, OPEN_BRACKET, DOT -> true;
            default ->
                    switch (cursor.beforeKey()) {
                        case SELECT,
                                DISTINCT,
                                WHERE,
                                AND,
                                OR,
                                NOT,
                                BY,
                                ON,
                                WHEN,
                                THEN,
                                ELSE,
                                CASE,
                                HAVING,
                                FROM,
                                JOIN ->
                                true;
                        default -> false;
                    };
        };
    }

    private void judge() {
        verdict.addAll(cursor.features());
        StatementAction action = verdict.action();
        if (verdict.has(Feature.SELECT_INTO) && verdict.has(Feature.TEMPORARY)) {
            verdict.set(StatementKind.SESSION, action);
            verdict.add(Feature.SESSION_STATE);
        } else if (verdict.has(Feature.SELECT_INTO)
                || verdict.has(Feature.MODIFYING_CTE)
                || verdict.has(Feature.LOCKING_CLAUSE)) {
            verdict.set(StatementKind.WRITE, action);
        } else if (verdict.has(Feature.SESSION_STATE)) {
            verdict.set(StatementKind.SESSION, action);
        } else if (verdict.has(Feature.VOLATILE_FUNCTION) || cursor.opaque()) {
            verdict.set(StatementKind.WRITE, action);
        }
    }
}
