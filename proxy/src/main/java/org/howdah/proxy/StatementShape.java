package org.howdah.proxy;

import java.nio.ByteBuffer;

/**
 * A hash of a statement's text that leaves out most constants, in one pass over the bytes and
 * without any memory: statements that differ in numbers or in plain strings have the same. It is
 * finer than a {@link org.howdah.sql.Fingerprint}, which it finds again; texts of the same shape
 * have the same fingerprint.
 *
 * <p>Where a text is not plain (comments, backslashes, dollar quotes), the rest of it is hashed as
 * it is.
 */
final class StatementShape {

    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final long PRIME = 0xFF51AFD7ED558CCDL;
    private static final byte CONSTANT = '?';

    private StatementShape() {}

    /** Of the text from one index to another. */
    static long hash(ByteBuffer in, int from, int to, long seed) {
        long hash = SEED ^ seed;
        byte before = ' ';
        boolean plain = true;
        int at = from;
        while (at < to) {
            byte next = in.get(at);
            at++;
            if (plain && next <= '9') {
                if (next >= '0' && !continuesName(before)) {
                    at = behindDigits(in, at, to);
                    next = CONSTANT;
                } else if (next == '\'' && !continuesName(before)) {
                    int end = behindString(in, at, to);
                    plain = end > 0;
                    if (plain) {
                        at = end;
                        next = CONSTANT;
                    }
                } else if (next == '"') {
                    int end = behindName(in, at, to);
                    while (at < end) {
                        hash = mix(hash, in.get(at++));
                    }
                } else {
                    plain = !startsComment(next, before);
                }
            } else if (next == '\\') {
                plain = false;
            }
            hash = mix(hash, next);
            before = next;
        }
        return hash ^ (hash >>> 32);
    }

    private static long mix(long hash, byte next) {
        long mixed = (hash ^ next) * PRIME;
        return mixed ^ (mixed >>> 29);
    }

    private static boolean continuesName(byte before) {
        return (before >= 'a' && before <= 'z')
                || (before >= 'A' && before <= 'Z')
                || (before >= '0' && before <= '9')
                || before == '_'
                || before == '$'
                || before == '&'
                || before < 0;
    }

    /** Also a dollar: what it begins is not looked into. */
    private static boolean startsComment(byte next, byte before) {
        return (next == '-' && before == '-')
                || (next == '*' && before == '/')
                || (next == '$' && before == '$');
    }

    private static int behindDigits(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to && in.get(at) >= '0' && in.get(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Index behind the closing quote; 0 where the string has a backslash or no end. */
    private static int behindString(ByteBuffer in, int from, int to) {
        for (int at = from; at < to; at++) {
            byte next = in.get(at);
            if (next == '\\') {
                return 0;
            }
            if (next == '\'') {
                if (at + 1 < to && in.get(at + 1) == '\'') {
                    at++;
                } else {
                    return at + 1;
                }
            }
        }
        return 0;
    }

    private static int behindName(ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to && in.get(at) != '"') {
            at++;
        }
        return Math.min(at + 1, to);
    }
}
