package org.howdah.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Texts in a buffer, by index: for the hot path; only what returns a String allocates. */
public final class WireText {

    // A byte of x - ONES has its upper bit set where that byte of x was zero, and not set in x.
    private static final long ONES = 0x0101010101010101L;
    private static final long UPPER_BITS = 0x8080808080808080L;

    private WireText() {}

    /**
     * The index of the zero byte that ends a text; eight bytes at a time.
     *
     * @param in in network byte order, as every new buffer is
     * @param from index of the text's first byte
     * @param to index behind the last byte where the zero byte may be
     * @return -1 when there is none
     */
    public static int end(ByteBuffer in, int from, int to) {
        int at = from;
        if (in.order() == ByteOrder.BIG_ENDIAN) {
            for (; at <= to - Long.BYTES; at += Long.BYTES) {
                long word = in.getLong(at);
                if (((word - ONES) & ~word & UPPER_BITS) != 0) {
                    break;
                }
            }
        }
        for (; at < to; at++) {
            if (in.get(at) == 0) {
                return at;
            }
        }
        return -1;
    }

    /**
     * As {@link #end}, for a field that must be there.
     *
     * @param message the name of the message, for the error
     */
    public static int requiredEnd(ByteBuffer in, int from, int to, String message) {
        int end = end(in, from, to);
        if (end < 0) {
            throw ProtocolViolation.of("invalid " + message + ": text without end");
        }
        return end;
    }

    /** As UTF-8, without the zero byte; what does not decode is replaced. */
    public static String read(ByteBuffer in, int from, int to) {
        return new String(bytes(in, from, to), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(ByteBuffer in, int from, int to) {
        byte[] bytes = new byte[to - from];
        in.get(from, bytes);
        return bytes;
    }

    /** Whether exactly these bytes stand there. */
    public static boolean equals(ByteBuffer in, int from, int to, byte[] expected) {
        if (to - from != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (in.get(from + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
