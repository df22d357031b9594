package org.howdah.sql;

/**
 * Makes lists of any length one: in IN (...), ARRAY[...] and the rows of VALUES an element that is
 * written like the one before it, constants aside, is left out.
 */
final class ListFolding {

    /** How often a token may be looked at, on average. */
    private static final int MOST_LOOKS = 32;

    private final TokenList tokens;

    ListFolding(TokenList tokens) {
        this.tokens = tokens;
    }

    /**
     * From the end to the start, so that a list inside another is folded first. A list inside a
     * list is looked through again with it; how often is limited, lest a text of brackets alone
     * take for ever.
     */
    void fold() {
        tokens.match();
        long steps = 0;
        long most = MOST_LOOKS * (long) tokens.size();
        for (int i = tokens.size() - 2; i >= 0 && steps < most; i--) {
            if (isList(i)) {
                steps += tokens.behindClose(i) - i;
                elements(i + 1, tokens.behindClose(i) - 1);
            } else if (tokens.key(i) == Keyword.VALUES && tokens.kind(i + 1) == TokenKind.OPEN) {
                steps += rows(i + 1) - i;
            }
        }
    }

    /**
     * Whether a list begins with this parenthesis or bracket; ARRAY[[1, 2], [3, 4]] holds three.
     */
    private boolean isList(int i) {
        return switch (tokens.kind(i)) {
            case OPEN -> tokens.key(i - 1) == Keyword.IN && tokens.key(i + 1) != Keyword.SELECT;
            case OPEN_BRACKET ->
                    switch (tokens.kind(i - 1)) {
                        case OPEN_BRACKET, COMMA -> true;
                        default -> tokens.key(i - 1) == Keyword.ARRAY;
                    };
            default -> false;
        };
    }

    /** Elements with commas between them, as far as {@code to}. */
    private void elements(int from, int to) {
        int previousFrom = -1;
        int previousTo = -1;
        int start = from;
        while (start < to) {
            int end = elementEnd(start, to);
            bare(start, end);
            if (previousFrom >= 0 && tokens.same(previousFrom, previousTo, start, end)) {
                tokens.drop(start - 1, end);
            } else {
                previousFrom = start;
                previousTo = end;
            }
            start = end + 1;
        }
    }

    /**
     * Leaves the constant alone of {@code ?::int}, {@code date ?} and {@code cast(? as int)}: the
     * server forgets the types when it makes a list of constants one.
     */
    private void bare(int from, int to) {
        if (tokens.key(from) == Keyword.CAST && tokens.kind(from + 2) == TokenKind.PARAMETER) {
            if (tokens.key(from + 3) == Keyword.AS && tokens.behindClose(from + 1) == to) {
                tokens.drop(from, from + 2);
                tokens.drop(from + 3, to);
            }
            return;
        }
        int constant = from;
        while (constant < to && tokens.kind(constant) == TokenKind.WORD) {
            constant++;
        }
        boolean cast = constant + 1 == to || tokens.isOperator(constant + 1, ':', ':');
        if (constant < to
                && tokens.kind(constant) == TokenKind.PARAMETER
                && cast
                && isTypes(constant + 1, to)) {
            tokens.drop(from, constant);
            tokens.drop(constant + 1, to);
        }
    }

    /** Whether this is nothing but casts. */
    private boolean isTypes(int from, int to) {
        for (int i = from; i < to; i++) {
            boolean part =
                    switch (tokens.kind(i)) {
                        case WORD,
                                QUOTED_NAME,
                                DOT,
                                OPEN,
                                CLOSE,
                                OPEN_BRACKET,
                                CLOSE_BRACKET,
                                PARAMETER ->
                                true;
                        default -> tokens.isOperator(i, ':', ':');
                    };
            if (!part) {
                return false;
            }
        }
        return true;
    }

    private int elementEnd(int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            switch (tokens.kind(i)) {
                case OPEN, OPEN_BRACKET -> depth++;
                case CLOSE, CLOSE_BRACKET -> depth--;
                case COMMA -> {
                    if (depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return to;
    }

    /**
     * Rows in parentheses with commas between them, from the first one's parenthesis; gives the
     * index behind the last.
     */
    private int rows(int first) {
        int previousFrom = first;
        int previousTo = tokens.behindClose(first);
        int comma = previousTo;
        while (tokens.kind(comma) == TokenKind.COMMA && tokens.kind(comma + 1) == TokenKind.OPEN) {
            int end = tokens.behindClose(comma + 1);
            if (tokens.same(previousFrom, previousTo, comma + 1, end)) {
                tokens.drop(comma, end);
            } else {
                previousFrom = comma + 1;
                previousTo = end;
            }
            comma = end;
        }
        return comma;
    }
}
