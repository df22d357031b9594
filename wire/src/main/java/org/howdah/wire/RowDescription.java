package org.howdah.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The columns of the rows that follow. */
public record RowDescription(List<Column> columns) {

    public RowDescription {
        columns = List.copyOf(columns);
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static RowDescription parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("RowDescription", in, from, to);
        int count = reader.count16(Column.LEAST_BYTES);
        List<Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(Column.readFrom(reader));
        }
        reader.end();
        return new RowDescription(columns);
    }

    public void writeTo(MessageWriter out) {
        out.begin(BackendType.ROW_DESCRIPTION).int16(columns.size());
        columns.forEach(column -> column.writeTo(out));
        out.end();
    }
}
