package org.howdah.proxy;

import java.nio.ByteBuffer;

/** Reads an ErrorResponse where it lies. */
final class ErrorFields {

    private ErrorFields() {}

    /**
     * Whether the server closes the connection after this error.
     *
     * @param at index of the first field
     * @param to index behind what there is of the message
     */
    static boolean fatal(ByteBuffer in, int at, int to) {
        int field = at;
        while (field < to && in.get(field) != 0) {
            if (in.get(field) == 'V') {
                byte first = field + 1 < to ? in.get(field + 1) : 0;
                return first == 'F' || first == 'P';
            }
            field = Frames.afterText(in, field + 1, to);
        }
        return false;
    }
}
