package org.howdah.sql;

import java.util.Arrays;

/**
 * Where the constants, names and comments of SQL end. Each method gives the index behind the token,
 * or {@link #UNTERMINATED}.
 */
final class Literals {

    /** The text ends before the token does. */
    static final int UNTERMINATED = -1;

    private Literals() {}

    /** The byte there, 0 behind the end. */
    static byte at(byte[] text, int index, int limit) {
        return index < limit ? text[index] : 0;
    }

    /**
     * A string whose opening quote is at {@code quote}; it goes on after white space with a line
     * end and another quote.
     */
    static int string(byte[] text, int quote, int limit, boolean escapes) {
        int i = quote + 1;
        while (true) {
            int end = closingQuote(text, i, limit, escapes);
            if (end < 0) {
                return UNTERMINATED;
            }
            i = continuation(text, end, limit);
            if (i < 0) {
                return end;
            }
        }
    }

    private static int closingQuote(byte[] text, int from, int limit, boolean escapes) {
        int i = from;
        while (i < limit) {
            byte b = text[i++];
            if (b == '\\' && escapes) {
                i++;
            } else if (b == '\'') {
                if (at(text, i, limit) != '\'') {
                    return i;
                }
                i++;
            }
        }
        return UNTERMINATED;
    }

    /** B'01' or X'1f' from its quote; unlike in a string, two quotes do not stand for one. */
    static int bits(byte[] text, int quote, int limit) {
        int i = quote + 1;
        while (true) {
            while (i < limit && text[i] != '\'') {
                i++;
            }
            if (i >= limit) {
                return UNTERMINATED;
            }
            int end = i + 1;
            i = continuation(text, end, limit);
            if (i < 0) {
                return end;
            }
        }
    }

    /**
     * The index behind the quote with which a string goes on, -1 if it does not: white space with a
     * line end must lie between.
     */
    private static int continuation(byte[] text, int from, int limit) {
        boolean lineEnd = false;
        int i = from;
        while (i < limit) {
            byte b = text[i];
            if (Characters.isSpace(b)) {
                lineEnd |= b == '\n' || b == '\r';
                i++;
            } else if (b == '-' && at(text, i + 1, limit) == '-') {
                i = lineComment(text, i, limit);
            } else {
                return b == '\'' && lineEnd ? i + 1 : -1;
            }
        }
        return -1;
    }

    /** A name in double quotes, from behind the first of them. */
    static int quotedName(byte[] text, int from, int limit) {
        int i = from;
        while (i < limit) {
            if (text[i++] == '"') {
                if (at(text, i, limit) != '"') {
                    return i;
                }
                i++;
            }
        }
        return UNTERMINATED;
    }

    /**
     * A dollar-quoted string; the start itself if there is none, since the mark does not end in a
     * dollar.
     */
    static int dollarQuoted(byte[] text, int start, int limit) {
        int i = start + 1;
        if (i < limit && Characters.isLetter(text[i])) {
            while (i < limit && text[i] != '$' && Characters.isNamePart(text[i])) {
                i++;
            }
        }
        if (at(text, i, limit) != '$') {
            return start;
        }
        int mark = i + 1 - start;
        for (int at = i + 1; at + mark <= limit; at++) {
            if (text[at] == '$' && Arrays.equals(text, at, at + mark, text, start, start + mark)) {
                return at + mark;
            }
        }
        return UNTERMINATED;
    }

    static int lineComment(byte[] text, int from, int limit) {
        int i = from;
        while (i < limit && text[i] != '\n' && text[i] != '\r') {
            i++;
        }
        return i;
    }

    /** A comment that may have others in it. */
    static int blockComment(byte[] text, int start, int limit) {
        int depth = 1;
        int i = start + 2;
        while (i + 1 < limit) {
            if (text[i] == '*' && text[i + 1] == '/') {
                i += 2;
                if (--depth == 0) {
                    return i;
                }
            } else if (text[i] == '/' && text[i + 1] == '*') {
                depth++;
                i += 2;
            } else {
                i++;
            }
        }
        return UNTERMINATED;
    }

    /** A number that begins with a digit. */
    static int number(byte[] text, int start, int limit) {
        int radix =
                text[start] != '0'
                        ? 0
                        : switch (at(text, start + 1, limit)) {
                            case 'x', 'X' -> 16;
                            case 'o', 'O' -> 8;
                            case 'b', 'B' -> 2;
                            default -> 0;
                        };
        int i = radix == 0 ? start : radixDigits(text, start + 2, limit, radix);
        if (i > start + 2) {
            return i;
        }
        i = digits(text, start, limit);
        // Two dots are a range (1..10), not the end of a decimal.
        if (at(text, i, limit) == '.' && at(text, i + 1, limit) != '.') {
            i++;
            if (Characters.isDigit(at(text, i, limit))) {
                i = digits(text, i, limit);
            }
        }
        return exponent(text, i, limit);
    }

    /** A number that begins with the dot before this digit. */
    static int fraction(byte[] text, int digit, int limit) {
        return exponent(text, digits(text, digit, limit), limit);
    }

    private static int digits(byte[] text, int from, int limit) {
        int i = from;
        while (i < limit
                && (Characters.isDigit(text[i])
                        || (text[i] == '_' && Characters.isDigit(at(text, i + 1, limit))))) {
            i++;
        }
        return i;
    }

    private static int radixDigits(byte[] text, int from, int limit, int radix) {
        int i = from;
        while (i < limit) {
            int at = text[i] == '_' ? i + 1 : i;
            if (Character.digit((char) (at(text, at, limit) & 0xFF), radix) < 0) {
                break;
            }
            i = at + 1;
        }
        return i;
    }

    private static int exponent(byte[] text, int from, int limit) {
        byte e = at(text, from, limit);
        if (e != 'e' && e != 'E') {
            return from;
        }
        byte sign = at(text, from + 1, limit);
        int i = sign == '+' || sign == '-' ? from + 2 : from + 1;
        return Characters.isDigit(at(text, i, limit)) ? digits(text, i, limit) : from;
    }
}
