package org.howdah.sql;

/**
 * Makes lists of any length one: in IN (...), ARRAY[...] and the rows of VALUES an element that is
 * written like the one before it, constants aside, is left out.
 */
final class ListFolding {

    private final TokenList tokens;

    ListFolding(TokenList tokens) {
        this.tokens = tokens;
    }

    /** From the end to the start, so that a list inside another is folded first. */
    void fold() {
        for (int i = tokens.size() - 2; i >= 0; i--) {
            switch (tokens.key(i)) {
                case IN -> {
                    if (tokens.kind(i + 1) == TokenKind.OPEN
                            && tokens.key(i + 2) != Keyword.SELECT) {
                        elements(i + 2, tokens.behindClose(i + 1) - 1);
                    }
                }
                case ARRAY -> {
                    if (tokens.kind(i + 1) == TokenKind.OPEN_BRACKET) {
                        elements(i + 2, tokens.behindClose(i + 1) - 1);
                    }
                }
                case VALUES -> {
                    if (tokens.kind(i + 1) == TokenKind.OPEN) {
                        rows(i + 1);
                    }
                }
                default -> {}
            }
        }
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

    /** Rows in parentheses with commas between them, beginning with the one at {@code first}. */
    private void rows(int first) {
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
    }
}
