package org.howdah.wire;

import java.nio.ByteBuffer;

/** How to cancel what this session does. */
public record BackendKeyData(CancelKey key) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static BackendKeyData parseFrom(ByteBuffer in, int from, int to) {
        return new BackendKeyData(
                CancelKey.readFrom(new FieldReader("BackendKeyData", in, from, to)));
    }

    public void writeTo(MessageWriter out) {
        out.begin(BackendType.BACKEND_KEY_DATA);
        key.writeTo(out);
        out.end();
    }
}
