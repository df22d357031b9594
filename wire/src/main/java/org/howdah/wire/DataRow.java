package org.howdah.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A row of values as text; empty is the SQL null. */
public record DataRow(List<Optional<String>> values) {

    public DataRow {
        values = List.copyOf(values);
    }

    /** A row without nulls. */
    public static DataRow of(List<String> values) {
        return new DataRow(values.stream().map(Optional::of).toList());
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static DataRow parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("DataRow", in, from, to);
        int count = reader.count16(4);
        List<Optional<String>> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = reader.int32();
            values.add(
                    length == -1
                            ? Optional.empty()
                            : Optional.of(
                                    new String(reader.bytes(length), StandardCharsets.UTF_8)));
        }
        reader.end();
        return new DataRow(values);
    }

    public void writeTo(MessageWriter out) {
        out.begin(BackendType.DATA_ROW).int16(values.size());
        for (Optional<String> value : values) {
            if (value.isPresent()) {
                out.value(value.get().getBytes(StandardCharsets.UTF_8));
            } else {
                out.nullValue();
            }
        }
        out.end();
    }
}
