package org.howdah.sql;

import java.util.Objects;

/**
 * Cuts SQL text into tokens by the rules of PostgreSQL's scan.l, on the bytes as they come from the
 * wire. A lexer is a cursor that is used again for text after text; it allocates nothing. Not safe
 * for several threads.
 *
 * <p>The tokens of {@link #nextRaw} cover every byte, without gap or overlap. The text must be in
 * an encoding in which bytes below 128 are always ASCII characters (UTF-8, all single-byte
 * encodings, EUC); SJIS, BIG5, GBK, GB18030 and UHC are not such encodings.
 *
 * <p>Source: https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/parser/scan.l
 */
public final class Lexer {

    private static final byte[] NOTHING = {};

    private byte[] text = NOTHING;
    private int limit;
    private int start;
    private int end;
    private boolean backslashEscapes;
    private TokenKind kind = TokenKind.END;
    private int hash;

    /** Starts on this text. */
    public Lexer reset(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        text = bytes;
        start = offset;
        end = offset;
        limit = offset + length;
        kind = TokenKind.END;
        return this;
    }

    /**
     * Whether a backslash is an ordinary character in a plain string, as it is unless the session
     * has turned {@code standard_conforming_strings} off. Stays as it is set when a new text is
     * started.
     */
    public Lexer standardConformingStrings(boolean on) {
        backslashEscapes = !on;
        return this;
    }

    /** The next token that is neither white space nor a comment. */
    public TokenKind next() {
        TokenKind next;
        do {
            next = nextRaw();
        } while (next == TokenKind.WHITESPACE || next == TokenKind.COMMENT);
        return next;
    }

    /** The next token, {@link TokenKind#END} when there is none. */
    public TokenKind nextRaw() {
        start = end;
        kind = start >= limit ? TokenKind.END : scan();
        return kind;
    }

    public TokenKind kind() {
        return kind;
    }

    /** Where the token begins, as an index into the array. */
    public int start() {
        return start;
    }

    /** Where the token ends, as an index into the array. */
    public int end() {
        return end;
    }

    /** The keyword that a word is, or NONE. Only for a {@link TokenKind#WORD}. */
    Keyword keyword() {
        return Keywords.find(text, start, end, hash);
    }

    /**
     * The hash of a word as {@link Characters#hash} gives it. Only for a {@link TokenKind#WORD}.
     */
    int wordHash() {
        return hash;
    }

    private TokenKind scan() {
        byte first = text[start];
        return switch (Characters.classOf(first)) {
            case Characters.SPACE -> spaces();
            case Characters.LETTER -> letter(first);
            case Characters.DIGIT -> upTo(Literals.number(text, start, limit), TokenKind.NUMBER);
            case Characters.OPERATOR -> operator(first);
            default -> special(first);
        };
    }

    private TokenKind special(byte first) {
        return switch (first) {
            case '\'' -> string(start, backslashEscapes);
            case '"' -> quotedName(start + 1, TokenKind.QUOTED_NAME);
            case '$' -> dollar();
            case '.' -> dot();
            case ':' ->
                    upTo(start + (after(1) == ':' || after(1) == '=' ? 2 : 1), TokenKind.OPERATOR);
            case '(' -> upTo(start + 1, TokenKind.OPEN);
            case ')' -> upTo(start + 1, TokenKind.CLOSE);
            case '[' -> upTo(start + 1, TokenKind.OPEN_BRACKET);
            case ']' -> upTo(start + 1, TokenKind.CLOSE_BRACKET);
            case ',' -> upTo(start + 1, TokenKind.COMMA);
            case ';' -> upTo(start + 1, TokenKind.SEMICOLON);
            default -> upTo(start + 1, TokenKind.INVALID);
        };
    }

    /** Ends the token there; one that does not end takes the rest of the text. */
    private TokenKind upTo(int index, TokenKind what) {
        if (index == Literals.UNTERMINATED) {
            end = limit;
            return TokenKind.INVALID;
        }
        end = index;
        return what;
    }

    /** The byte so far behind the token's first, 0 behind the text. */
    private byte after(int distance) {
        return Literals.at(text, start + distance, limit);
    }

    private TokenKind spaces() {
        int i = start + 1;
        while (i < limit && Characters.isSpace(text[i])) {
            i++;
        }
        return upTo(i, TokenKind.WHITESPACE);
    }

    /** A word, or a string with a letter before its quote. */
    private TokenKind letter(byte first) {
        byte second = after(1);
        if (second == '\'') {
            return switch (first) {
                case 'e', 'E' -> string(start + 1, true);
                case 'n', 'N' -> string(start + 1, backslashEscapes);
                case 'b', 'B', 'x', 'X' ->
                        upTo(Literals.bits(text, start + 1, limit), TokenKind.BITS);
                default -> word();
            };
        }
        if (second == '&' && (first == 'u' || first == 'U')) {
            if (after(2) == '\'') {
                return string(start + 2, false);
            } else if (after(2) == '"') {
                return quotedName(start + 3, TokenKind.UNICODE_NAME);
            }
        }
        return word();
    }

    private TokenKind word() {
        int i = start;
        int h = 0;
        while (i < limit && Characters.isNamePart(text[i])) {
            h = h * 31 + Characters.fold(text[i]);
            i++;
        }
        hash = Characters.spread(h);
        return upTo(i, TokenKind.WORD);
    }

    private TokenKind string(int quote, boolean escapes) {
        return upTo(Literals.string(text, quote, limit, escapes), TokenKind.STRING);
    }

    private TokenKind quotedName(int from, TokenKind what) {
        int behind = Literals.quotedName(text, from, limit);
        // The server refuses a name of no length.
        return upTo(behind, behind == from + 1 ? TokenKind.INVALID : what);
    }

    /** A parameter, a dollar-quoted string, or a dollar that cannot stand there. */
    private TokenKind dollar() {
        if (Characters.isDigit(after(1))) {
            int i = start + 2;
            while (i < limit && Characters.isDigit(text[i])) {
                i++;
            }
            return upTo(i, TokenKind.PARAMETER);
        }
        int behind = Literals.dollarQuoted(text, start, limit);
        return behind == start
                ? upTo(start + 1, TokenKind.INVALID)
                : upTo(behind, TokenKind.STRING);
    }

    private TokenKind dot() {
        if (Characters.isDigit(after(1))) {
            return upTo(Literals.fraction(text, start + 1, limit), TokenKind.NUMBER);
        }
        return after(1) == '.'
                ? upTo(start + 2, TokenKind.OPERATOR)
                : upTo(start + 1, TokenKind.DOT);
    }

    /**
     * A comment or an operator: it ends before a comment, and in + or - only if it has a character
     * that standard SQL's operators have not.
     */
    private TokenKind operator(byte first) {
        if (first == '-' && after(1) == '-') {
            return upTo(Literals.lineComment(text, start, limit), TokenKind.COMMENT);
        }
        if (first == '/' && after(1) == '*') {
            return upTo(Literals.blockComment(text, start, limit), TokenKind.COMMENT);
        }
        int i = start;
        boolean free = false;
        while (i < limit
                && Characters.classOf(text[i]) == Characters.OPERATOR
                && !beginsComment(i)) {
            free |= Characters.freesSign(text[i]);
            i++;
        }
        while (i > start + 1 && !free && (text[i - 1] == '+' || text[i - 1] == '-')) {
            i--;
        }
        return upTo(i, TokenKind.OPERATOR);
    }

    private boolean beginsComment(int i) {
        byte next = Literals.at(text, i + 1, limit);
        return (text[i] == '-' && next == '-') || (text[i] == '/' && next == '*');
    }
}
