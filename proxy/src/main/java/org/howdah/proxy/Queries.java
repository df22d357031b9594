package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Messages that the proxy itself sends to servers. */
final class Queries {

    private Queries() {}

    /** A simple query. */
    static byte[] simple(String sql) {
        return message('Q', sql.getBytes(StandardCharsets.UTF_8));
    }

    /** A message whose body is a text. */
    static byte[] message(char type, byte[] text) {
        return ByteBuffer.allocate(Frames.HEADER + text.length + 1)
                .put((byte) type)
                .putInt(4 + text.length + 1)
                .put(text)
                .put((byte) 0)
                .array();
    }
}
