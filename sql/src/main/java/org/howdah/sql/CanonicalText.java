package org.howdah.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes tokens in the one way that the fingerprint knows: words in lower case, one space where one
 * is usual, {@code ?} for a constant.
 */
final class CanonicalText {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final TokenList tokens;
    private byte[] buffer = new byte[512];
    private int length;
    private byte[] text = {};

    CanonicalText(TokenList tokens) {
        this.tokens = tokens;
    }

    void write(byte[] bytes) {
        text = bytes;
        length = 0;
        int before = -1;
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.isDropped(i) && !isNoise(i)) {
                if (before >= 0 && isSpaced(before, i)) {
                    append((byte) ' ');
                }
                token(i);
                before = i;
            }
        }
    }

    /** The semicolon at the end, and words that change nothing. */
    private boolean isNoise(int i) {
        return switch (tokens.kind(i)) {
            case SEMICOLON -> i == tokens.size() - 1;
            case WORD ->
                    switch (tokens.key(i)) {
                        case INNER, OUTER -> tokens.key(i + 1) == Keyword.JOIN;
                        default -> false;
                    };
            default -> false;
        };
    }

    private boolean isSpaced(int before, int i) {
        boolean joined =
                switch (tokens.kind(before)) {
                    case OPEN, OPEN_BRACKET, DOT -> true;
                    default -> tokens.isOperator(before, ':', ':');
                };
        return !joined
                && switch (tokens.kind(i)) {
                    case CLOSE, CLOSE_BRACKET, COMMA, DOT, SEMICOLON, OPEN_BRACKET -> false;
                    case OPEN -> isSpacedParenthesis(before);
                    default -> !tokens.isOperator(i, ':', ':');
                };
    }

    /** {@code count(} but {@code in (}. */
    private boolean isSpacedParenthesis(int before) {
        return switch (tokens.kind(before)) {
            case WORD ->
                    tokens.key(before).role() == Keyword.Role.BREAK
                            || tokens.key(before) == Keyword.VALUES;
            case QUOTED_NAME, UNICODE_NAME -> false;
            default -> true;
        };
    }

    private void token(int i) {
        switch (tokens.kind(i)) {
            case PARAMETER -> append((byte) '?');
            case WORD -> folded(tokens.start(i), tokens.end(i));
            case QUOTED_NAME -> quotedName(tokens.start(i), tokens.end(i));
            case OPERATOR -> {
                if (tokens.isOperator(i, '!', '=')) {
                    append((byte) '<');
                    append((byte) '>');
                } else {
                    exact(tokens.start(i), tokens.end(i));
                }
            }
            default -> exact(tokens.start(i), tokens.end(i));
        }
    }

    /** Without its quotes if it means the same without them. */
    private void quotedName(int start, int end) {
        boolean plain = Characters.isLetter(text[start + 1]);
        for (int i = start + 1; plain && i < end - 1; i++) {
            plain =
                    Characters.isNamePart(text[i])
                            && Characters.fold(text[i]) == text[i]
                            && text[i] >= 0;
        }
        boolean free =
                plain
                        && !Keywords.find(
                                        text,
                                        start + 1,
                                        end - 1,
                                        Characters.hash(text, start + 1, end - 1))
                                .reserved();
        exact(free ? start + 1 : start, free ? end - 1 : end);
    }

    private void folded(int start, int end) {
        for (int i = start; i < end; i++) {
            append(Characters.fold(text[i]));
        }
    }

    private void exact(int start, int end) {
        for (int i = start; i < end; i++) {
            append(text[i]);
        }
    }

    private void append(byte b) {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, length * 2);
        }
        buffer[length++] = b;
    }

    /**
     * FNV-1a over the bytes, its bits mixed once more as in MurmurHash3. Part of the format:
     * histories are kept by it.
     */
    long hash() {
        long h = FNV_OFFSET;
        for (int i = 0; i < length; i++) {
            h = (h ^ (buffer[i] & 0xFF)) * FNV_PRIME;
        }
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }
}
