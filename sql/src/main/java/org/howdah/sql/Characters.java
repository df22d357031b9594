package org.howdah.sql;

/** What the bytes of SQL text are to the lexer, and how words are folded and hashed. */
final class Characters {

    static final byte OTHER = 0;
    static final byte SPACE = 1;
    static final byte LETTER = 2;
    static final byte DIGIT = 3;
    static final byte OPERATOR = 4;

    private static final byte[] CLASS = classes();
    private static final boolean[] NAME_PART = nameParts();
    private static final boolean[] FREES_SIGN = freesSign();

    private Characters() {}

    static byte classOf(byte b) {
        return CLASS[b & 0xFF];
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean isLetter(byte b) {
        return classOf(b) == LETTER;
    }

    static boolean isSpace(byte b) {
        return classOf(b) == SPACE;
    }

    /** Whether a name may go on with it. */
    static boolean isNamePart(byte b) {
        return NAME_PART[b & 0xFF];
    }

    /** Whether an operator that has it may end in + or -: no operator of standard SQL has it. */
    static boolean freesSign(byte b) {
        return FREES_SIGN[b & 0xFF];
    }

    /** An ASCII letter in lower case; other bytes as they are, as the server does in UTF-8. */
    static byte fold(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    /** The hash of these bytes with letters folded: what the lexer computes for a word. */
    static int hash(byte[] bytes, int start, int end) {
        int h = 0;
        for (int i = start; i < end; i++) {
            h = h * 31 + fold(bytes[i]);
        }
        return spread(h);
    }

    /** Brings the upper bits down, since tables use the lower ones. */
    static int spread(int h) {
        return h ^ (h >>> 15) ^ (h >>> 7);
    }

    private static byte[] classes() {
        var classes = new byte[256];
        for (int c = 0; c < 256; c++) {
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128) {
                classes[c] = LETTER;
            } else if (c >= '0' && c <= '9') {
                classes[c] = DIGIT;
            } else if (" \t\n\r\f\u000b".indexOf(c) >= 0) {
                classes[c] = SPACE;
            } else {
                classes[c] = "~!@#^&|`?+-*/%<>=".indexOf(c) >= 0 ? OPERATOR : OTHER;
            }
        }
        return classes;
    }

    private static boolean[] nameParts() {
        var members = new boolean[256];
        for (int c = 0; c < 256; c++) {
            members[c] = CLASS[c] == LETTER || CLASS[c] == DIGIT || c == '$';
        }
        return members;
    }

    private static boolean[] freesSign() {
        var members = new boolean[256];
        "~!@#^&|`?%".chars().forEach(c -> members[c] = true);
        return members;
    }
}
