package org.howdah.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a statement.
 *
 * @param types OIDs
 */
public record ParameterDescription(List<Integer> types) {

    public ParameterDescription {
        types = List.copyOf(types);
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static ParameterDescription parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("ParameterDescription", in, from, to);
        int count = reader.count16(4);
        List<Integer> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(reader.int32());
        }
        reader.end();
        return new ParameterDescription(types);
    }

    public void writeTo(MessageWriter out) {
        out.begin(BackendType.PARAMETER_DESCRIPTION).int16(types.size());
        types.forEach(out::int32);
        out.end();
    }
}
