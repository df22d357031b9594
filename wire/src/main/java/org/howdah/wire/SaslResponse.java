package org.howdah.wire;

import java.nio.ByteBuffer;

/** A further step of the client. */
public record SaslResponse(Payload data) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static SaslResponse parseFrom(ByteBuffer in, int from, int to) {
        return new SaslResponse(new Payload(new FieldReader("SASLResponse", in, from, to).rest()));
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.PASSWORD);
        data.writeTo(out);
        out.end();
    }
}
