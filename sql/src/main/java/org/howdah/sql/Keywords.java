package org.howdah.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds keywords by the hash that the lexer computes while it reads a word, so that looking one up
 * costs a comparison.
 */
final class Keywords {

    private static final int SLOTS = 1024;
    private static final byte[][] SPELLINGS = new byte[SLOTS][];
    private static final Keyword[] KEYWORDS = new Keyword[SLOTS];

    static {
        Arrays.fill(KEYWORDS, Keyword.NONE);
        Arrays.fill(SPELLINGS, new byte[0]);
        for (Keyword keyword : Keyword.values()) {
            keyword.spellings()
                    .forEach(
                            spelling -> put(spelling.getBytes(StandardCharsets.US_ASCII), keyword));
        }
    }

    private Keywords() {}

    private static void put(byte[] spelling, Keyword keyword) {
        int slot = Characters.hash(spelling, 0, spelling.length) & (SLOTS - 1);
        while (SPELLINGS[slot].length > 0) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        SPELLINGS[slot] = spelling;
        KEYWORDS[slot] = keyword;
    }

    /** The keyword that the word spells, in either case, or {@link Keyword#NONE}. */
    static Keyword find(byte[] text, int start, int end, int hash) {
        int slot = hash & (SLOTS - 1);
        while (SPELLINGS[slot].length > 0) {
            if (spells(SPELLINGS[slot], text, start, end)) {
                return KEYWORDS[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return Keyword.NONE;
    }

    private static boolean spells(byte[] spelling, byte[] text, int start, int end) {
        if (end - start != spelling.length) {
            return false;
        }
        for (int i = 0; i < spelling.length; i++) {
            if (Characters.fold(text[start + i]) != spelling[i]) {
                return false;
            }
        }
        return true;
    }
}
