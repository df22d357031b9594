package org.howdah.wire;

import java.nio.ByteBuffer;

/** The server has answered everything up to here. */
public record ReadyForQuery(TransactionStatus status) {

    /** Bytes of the whole frame. */
    public static final int FRAME_BYTES = FrameHeader.BYTES + 1;

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static ReadyForQuery parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("ReadyForQuery", in, from, to);
        byte letter = reader.int8();
        reader.end();
        return new ReadyForQuery(TransactionStatus.of(letter));
    }

    public void writeTo(MessageWriter out) {
        out.begin(BackendType.READY_FOR_QUERY).int8(status.letter()).end();
    }
}
