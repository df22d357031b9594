package org.howdah.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A COPY begins.
 *
 * @param type {@link BackendType#COPY_IN_RESPONSE}: the client is to send, {@link
 *     BackendType#COPY_OUT_RESPONSE}: the server will, {@link BackendType#COPY_BOTH_RESPONSE}: both
 * @param format 0 text, 1 binary
 * @param columnFormats of each column
 */
public record CopyResponse(byte type, int format, List<Integer> columnFormats) {

    public CopyResponse {
        columnFormats = List.copyOf(columnFormats);
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static CopyResponse parseFrom(byte type, ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader(BackendType.name(type), in, from, to);
        int format = reader.int8();
        int count = reader.count16(2);
        List<Integer> formats = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            formats.add(reader.int16());
        }
        reader.end();
        return new CopyResponse(type, format, formats);
    }

    public void writeTo(MessageWriter out) {
        out.begin(type).int8(format).int16(columnFormats.size());
        columnFormats.forEach(out::int16);
        out.end();
    }
}
