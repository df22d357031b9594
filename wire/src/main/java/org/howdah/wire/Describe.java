package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * Asks for the parameters and columns of a statement, or the columns of a portal.
 *
 * @param kind {@link FrontendType#STATEMENT} or {@link FrontendType#PORTAL}
 * @param name empty: the unnamed one
 */
public record Describe(byte kind, String name) {

    public static Describe statement(String name) {
        return new Describe(FrontendType.STATEMENT, name);
    }

    public static Describe portal(String name) {
        return new Describe(FrontendType.PORTAL, name);
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static Describe parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("Describe", in, from, to);
        byte kind = reader.int8();
        if (kind != FrontendType.STATEMENT && kind != FrontendType.PORTAL) {
            throw reader.violation("kind " + (kind & 0xFF));
        }
        Describe message = new Describe(kind, reader.text());
        reader.end();
        return message;
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.DESCRIBE).int8(kind).text(name).end();
    }
}
