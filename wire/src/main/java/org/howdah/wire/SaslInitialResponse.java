package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * The mechanism that the client has chosen and its first step.
 *
 * @param data empty also when the client sent none: none of our mechanisms does
 */
public record SaslInitialResponse(String mechanism, Payload data) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static SaslInitialResponse parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("SASLInitialResponse", in, from, to);
        String mechanism = reader.text();
        int length = reader.int32();
        byte[] data = length == -1 ? new byte[0] : reader.bytes(length);
        reader.end();
        return new SaslInitialResponse(mechanism, new Payload(data));
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.PASSWORD).text(mechanism).value(data.array()).end();
    }
}
