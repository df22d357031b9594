package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * Lets go of a statement or a portal; closing what does not exist is no error.
 *
 * @param kind {@link FrontendType#STATEMENT} or {@link FrontendType#PORTAL}
 * @param name empty: the unnamed one
 */
public record Close(byte kind, String name) {

    public static Close statement(String name) {
        return new Close(FrontendType.STATEMENT, name);
    }

    public static Close portal(String name) {
        return new Close(FrontendType.PORTAL, name);
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static Close parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("Close", in, from, to);
        byte kind = reader.int8();
        if (kind != FrontendType.STATEMENT && kind != FrontendType.PORTAL) {
            throw reader.violation("kind " + (kind & 0xFF));
        }
        Close message = new Close(kind, reader.text());
        reader.end();
        return message;
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.CLOSE).int8(kind).text(name).end();
    }
}
