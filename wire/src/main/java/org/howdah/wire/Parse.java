package org.howdah.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement to be prepared.
 *
 * @param name empty: the unnamed one
 * @param parameterTypes OIDs; 0, or fewer than there are: the server finds out
 */
public record Parse(String name, String sql, List<Integer> parameterTypes) {

    public Parse {
        parameterTypes = List.copyOf(parameterTypes);
    }

    public static Parse of(String name, String sql) {
        return new Parse(name, sql, List.of());
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static Parse parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("Parse", in, from, to);
        String name = reader.text();
        String sql = reader.text();
        int count = reader.count16(4);
        List<Integer> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(reader.int32());
        }
        reader.end();
        return new Parse(name, sql, types);
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.PARSE).text(name).text(sql).int16(parameterTypes.size());
        parameterTypes.forEach(out::int32);
        out.end();
    }
}
