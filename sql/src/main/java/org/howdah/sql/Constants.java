package org.howdah.sql;

/**
 * Turns the constants among a statement's tokens into parameters, in the places where
 * pg_stat_statements does: strings, numbers with their sign, TRUE, FALSE and NULL as values, the
 * names of savepoints. Positions after ORDER BY and GROUP BY stay numbers.
 */
final class Constants {

    private final TokenList tokens;

    /** A bit for each open parenthesis, the outermost lowest: whether a query begins behind it. */
    private long queries;

    private int depth;
    private int listOfPositions;

    Constants(TokenList tokens) {
        this.tokens = tokens;
    }

    void replace() {
        depth = 0;
        queries = 1;
        listOfPositions = -1;
        Keyword first = tokens.key(0);
        for (int i = 0; i < tokens.size(); i++) {
            switch (tokens.kind(i)) {
                case OPEN -> open(i);
                case CLOSE -> close();
                case NUMBER -> number(i);
                // What does not end may be a string, and must not be shown either.
                case STRING, BITS, INVALID -> tokens.makeConstant(i);
                case WORD -> word(i, first);
                case QUOTED_NAME -> {
                    if (isTransactionName(i, first)) {
                        tokens.makeConstant(i);
                    }
                }
                default -> {}
            }
        }
    }

    private void open(int i) {
        depth++;
        boolean query =
                switch (tokens.key(i + 1)) {
                    case SELECT, WITH, VALUES -> true;
                    default -> false;
                };
        long bit = depth < Long.SIZE ? 1L << depth : 0;
        queries = query ? queries | bit : queries & ~bit;
    }

    private void close() {
        depth = Math.max(0, depth - 1);
        listOfPositions = listOfPositions > depth ? -1 : listOfPositions;
    }

    private void word(int i, Keyword first) {
        switch (tokens.key(i)) {
            case BY -> listOfPositions = inQuery() ? depth : -1;
            case TRUE, FALSE -> {
                if (!follows(i, Keyword.IS)) {
                    tokens.makeConstant(i);
                }
            }
            case NULL -> {
                if (!follows(i, Keyword.IS) && tokens.key(i - 1) != Keyword.NOT) {
                    tokens.makeConstant(i);
                }
            }
            case BREAK, FOR, HAVING, FETCH, SELECT, FROM, WHERE, INTO ->
                    listOfPositions = listOfPositions == depth ? -1 : listOfPositions;
            default -> {
                if (isTransactionName(i, first) || isWordForString(i)) {
                    tokens.makeConstant(i);
                }
            }
        }
    }

    /**
     * The server makes a string constant of the field in {@code extract(year FROM x)} and of the
     * form in {@code x IS NFC NORMALIZED}.
     */
    private boolean isWordForString(int i) {
        if (tokens.key(i) == Keyword.NORMAL_FORM) {
            return tokens.key(i + 1) == Keyword.NORMALIZED || tokens.kind(i + 1) == TokenKind.CLOSE;
        }
        return tokens.key(i - 2) == Keyword.EXTRACT
                && tokens.kind(i - 1) == TokenKind.OPEN
                && tokens.key(i + 1) == Keyword.FROM;
    }

    private boolean inQuery() {
        return depth < Long.SIZE && (queries & (1L << depth)) != 0;
    }

    /** Whether the word follows IS or IS NOT. */
    private boolean follows(int i, Keyword is) {
        int before = tokens.key(i - 1) == Keyword.NOT ? i - 2 : i - 1;
        return tokens.key(before) == is;
    }

    private void number(int i) {
        if (isPosition(i)) {
            return;
        }
        tokens.makeConstant(i);
        // A cast binds closer than a sign: in -1::int the sign is an operator on the cast's result.
        if (tokens.isOperator(i - 1, '-', '\0')
                && !endsOperand(i - 2)
                && !tokens.isOperator(i + 1, ':', ':')) {
            tokens.drop(i - 1, i);
        }
    }

    /** A whole number alone in the list of ORDER BY or GROUP BY is the position of a column. */
    private boolean isPosition(int i) {
        if (listOfPositions != depth) {
            return false;
        }
        boolean begins = tokens.key(i - 1) == Keyword.BY || tokens.kind(i - 1) == TokenKind.COMMA;
        return begins
                && switch (tokens.kind(i + 1)) {
                    case COMMA, CLOSE, WORD, SEMICOLON, END -> true;
                    default -> false;
                };
    }

    /** Whether a value may end with the token, so that a minus behind it is a subtraction. */
    private boolean endsOperand(int i) {
        return switch (tokens.kind(i)) {
            case PARAMETER, NUMBER, STRING, BITS, CLOSE, CLOSE_BRACKET, QUOTED_NAME, UNICODE_NAME ->
                    true;
            case WORD -> tokens.key(i) != Keyword.BY && tokens.key(i).role() != Keyword.Role.BREAK;
            default -> false;
        };
    }

    /**
     * The name of a savepoint or of a prepared statement that is dropped: programs make these up
     * anew each time.
     */
    private boolean isTransactionName(int i, Keyword first) {
        Keyword key = tokens.key(i);
        return switch (first) {
            case SAVEPOINT -> i == 1;
            case RELEASE -> i > 0 && key != Keyword.SAVEPOINT;
            case DEALLOCATE -> i > 0 && key != Keyword.PREPARE && key != Keyword.BREAK;
            case ROLLBACK, ABORT -> key != Keyword.SAVEPOINT && followsTo(i);
            default -> false;
        };
    }

    /** Whether the word follows TO or TO SAVEPOINT. */
    private boolean followsTo(int i) {
        int before = tokens.key(i - 1) == Keyword.SAVEPOINT ? i - 2 : i - 1;
        return tokens.key(before) == Keyword.TO;
    }
}
