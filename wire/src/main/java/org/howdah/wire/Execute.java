package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * Runs a portal.
 *
 * @param portal empty: the unnamed one
 * @param maximumRows 0: all
 */
public record Execute(String portal, int maximumRows) {

    /** All rows of the unnamed portal. */
    public static Execute all() {
        return new Execute("", 0);
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static Execute parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("Execute", in, from, to);
        Execute execute = new Execute(reader.text(), reader.int32());
        reader.end();
        return execute;
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.EXECUTE).text(portal).int32(maximumRows).end();
    }
}
