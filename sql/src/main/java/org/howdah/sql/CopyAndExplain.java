package org.howdah.sql;

/**
 * The statements that contain a query: COPY and the head of EXPLAIN. The cursor stands on their
 * first word.
 */
final class CopyAndExplain {

    private final Cursor cursor;
    private final Verdict verdict;
    private final QueryScan query;

    CopyAndExplain(Cursor cursor, Verdict verdict, QueryScan query) {
        this.cursor = cursor;
        this.verdict = verdict;
        this.query = query;
    }

    /** A query in parentheses, or nonsense; the cursor stands on the first parenthesis. */
    void parenthesized() {
        passParentheses();
        if (atQuery()) {
            query.query();
        } else {
            verdict.unknown();
        }
    }

    /**
     * Goes on from EXPLAIN to what is explained; false if that was done here, or if there is
     * nothing.
     */
    boolean explain() {
        verdict.add(Feature.EXPLAIN);
        cursor.step();
        if (cursor.kind() == TokenKind.OPEN) {
            cursor.step();
            if (atQuery() || cursor.kind() == TokenKind.OPEN) {
                parenthesized();
                return false;
            }
            options();
        }
        while (analyze() || cursor.key() == Keyword.VERBOSE) {
            cursor.step();
        }
        if (cursor.key() == Keyword.EXPLAIN || cursor.ended()) {
            verdict.unknown();
            return false;
        }
        return true;
    }

    /** EXPLAIN's options in parentheses. ANALYZE counts whatever value it is given. */
    private void options() {
        do {
            analyze();
        } while (cursor.kind() != TokenKind.CLOSE && cursor.step());
        cursor.step();
    }

    private boolean analyze() {
        boolean analyze = cursor.key() == Keyword.ANALYZE || cursor.key() == Keyword.ANALYSE;
        if (analyze) {
            verdict.add(Feature.EXPLAIN_ANALYZE);
        }
        return analyze;
    }

    /** COPY of a table or of a query's result: to the client it is a read if the query is one. */
    void copy() {
        cursor.step();
        StatementKind source = cursor.kind() == TokenKind.OPEN ? copiedQuery() : StatementKind.READ;
        while (cursor.depth() > 0 || (cursor.key() != Keyword.FROM && cursor.key() != Keyword.TO)) {
            if (!cursor.step()) {
                verdict.unknown();
                return;
            }
        }
        boolean from = cursor.key() == Keyword.FROM;
        cursor.step();
        if (cursor.kind() == TokenKind.STRING || cursor.key() == Keyword.PROGRAM) {
            verdict.add(Feature.SERVER_FILE);
        }
        if (from) {
            verdict.set(StatementKind.WRITE, StatementAction.COPY_FROM);
        } else if (source == StatementKind.READ && cursor.key() != Keyword.STDOUT) {
            verdict.set(StatementKind.UTILITY, StatementAction.COPY_TO);
        } else {
            verdict.set(source, StatementAction.COPY_TO);
        }
    }

    /** The query that COPY is given in parentheses. */
    private StatementKind copiedQuery() {
        passParentheses();
        if (atQuery()) {
            query.queryInside(1);
        } else {
            verdict.unknown();
        }
        return verdict.kind();
    }

    private void passParentheses() {
        while (cursor.kind() == TokenKind.OPEN && cursor.step()) {
            // On to the word that the innermost query begins with.
        }
    }

    private boolean atQuery() {
        return switch (cursor.key()) {
            case SELECT, VALUES, TABLE, WITH -> true;
            default -> false;
        };
    }
}
