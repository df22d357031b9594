package org.howdah.sql;

import java.util.Arrays;

/**
 * The tokens of a statement side by side, in arrays that are used again. A constant or parameter is
 * a PARAMETER, whatever it was.
 */
final class TokenList {

    private byte[] text = {};
    private TokenKind[] kinds = new TokenKind[64];
    private Keyword[] keys = new Keyword[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private boolean[] dropped = new boolean[64];
    private int[] behind = new int[64];
    private int[] opened = new int[64];
    private int size;

    void clear(byte[] bytes) {
        text = bytes;
        size = 0;
    }

    void add(TokenKind kind, Keyword key, int start, int end) {
        if (size == starts.length) {
            grow();
        }
        kinds[size] = kind;
        keys[size] = key;
        starts[size] = start;
        ends[size] = end;
        dropped[size] = false;
        size++;
    }

    private void grow() {
        int capacity = size * 2;
        kinds = Arrays.copyOf(kinds, capacity);
        keys = Arrays.copyOf(keys, capacity);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        dropped = Arrays.copyOf(dropped, capacity);
        behind = Arrays.copyOf(behind, capacity);
        opened = Arrays.copyOf(opened, capacity);
    }

    int size() {
        return size;
    }

    /** The kind of the token, END outside the list. */
    TokenKind kind(int index) {
        return index >= 0 && index < size ? kinds[index] : TokenKind.END;
    }

    /** The keyword that the token is, NONE if it is none or outside the list. */
    Keyword key(int index) {
        return index >= 0 && index < size ? keys[index] : Keyword.NONE;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    boolean isDropped(int index) {
        return dropped[index];
    }

    void drop(int from, int to) {
        Arrays.fill(dropped, from, to, true);
    }

    void makeConstant(int index) {
        kinds[index] = TokenKind.PARAMETER;
        keys[index] = Keyword.NONE;
    }

    /** Whether the token is this operator of one or two characters. */
    boolean isOperator(int index, char first, char second) {
        if (kind(index) != TokenKind.OPERATOR || text[starts[index]] != first) {
            return false;
        }
        int length = ends[index] - starts[index];
        return second == 0 ? length == 1 : length == 2 && text[starts[index] + 1] == second;
    }

    /**
     * Finds for every parenthesis and bracket where it is closed: in one pass, so that deep nesting
     * takes no longer.
     */
    void match() {
        int open = 0;
        for (int i = 0; i < size; i++) {
            switch (kinds[i]) {
                case OPEN, OPEN_BRACKET -> {
                    behind[i] = size;
                    opened[open++] = i;
                }
                case CLOSE, CLOSE_BRACKET -> {
                    if (open > 0) {
                        behind[opened[--open]] = i + 1;
                    }
                }
                default -> {}
            }
        }
    }

    /**
     * The index behind the token with which the parenthesis or bracket is closed; the size if none
     * does.
     */
    int behindClose(int open) {
        return behind[open];
    }

    /** Whether what is left of two stretches is written the same, letters of words folded. */
    boolean same(int from1, int to1, int from2, int to2) {
        int i = from1;
        int j = from2;
        while (true) {
            i = kept(i, to1);
            j = kept(j, to2);
            if (i == to1 || j == to2) {
                return i == to1 && j == to2;
            }
            if (!sameToken(i, j)) {
                return false;
            }
            i++;
            j++;
        }
    }

    private int kept(int from, int to) {
        int i = from;
        while (i < to && dropped[i]) {
            i++;
        }
        return i;
    }

    private boolean sameToken(int i, int j) {
        if (kinds[i] != kinds[j]) {
            return false;
        }
        return switch (kinds[i]) {
            case PARAMETER -> true;
            case WORD -> {
                boolean same = ends[i] - starts[i] == ends[j] - starts[j];
                for (int k = 0; same && k < ends[i] - starts[i]; k++) {
                    same =
                            Characters.fold(text[starts[i] + k])
                                    == Characters.fold(text[starts[j] + k]);
                }
                yield same;
            }
            default -> Arrays.equals(text, starts[i], ends[i], text, starts[j], ends[j]);
        };
    }
}
