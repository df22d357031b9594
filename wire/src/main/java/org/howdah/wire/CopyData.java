package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * A piece of a COPY, by either side; from a server it is one row, or one message of replication.
 */
public record CopyData(Payload data) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static CopyData parseFrom(ByteBuffer in, int from, int to) {
        return new CopyData(new Payload(new FieldReader("CopyData", in, from, to).rest()));
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.COPY_DATA);
        data.writeTo(out);
        out.end();
    }
}
