package org.howdah.proxy;

import java.nio.ByteBuffer;

/**
 * Where a message's parts are: one byte of type, four of length, which count themselves, the body.
 */
final class Frames {

    /** Bytes of type and length. */
    static final int HEADER = 5;

    private Frames() {}

    static byte type(ByteBuffer in, int at) {
        return in.get(at);
    }

    /** Bytes of the whole message with its type; less than {@link #HEADER} when it is malformed. */
    static int length(ByteBuffer in, int at) {
        int length = in.getInt(at + 1);
        return length < 4 || length > Integer.MAX_VALUE - 1 ? 0 : length + 1;
    }

    /**
     * Index behind the zero that ends the text which begins here; {@code to} when there is none.
     */
    static int afterText(ByteBuffer in, int at, int to) {
        int end = at;
        while (end < to && in.get(end) != 0) {
            end++;
        }
        return end < to ? end + 1 : to;
    }
}
