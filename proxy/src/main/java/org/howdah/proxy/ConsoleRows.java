package org.howdah.proxy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.howdah.wire.BackendType;
import org.howdah.wire.Column;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.RowDescription;

/**
 * The rows of an answer in the formats that the client asked for, as text where it did not.
 *
 * @param formats 0 text, 1 binary; none: all text, one: for all
 */
record ConsoleRows(ConsoleTable table, List<Integer> formats) {

    // OIDs as in pg_type.dat.
    private static final int INT8 = 20;
    private static final int INT4 = 23;
    private static final int NUMERIC = 1700;

    /** What Describe answers, with the formats that the rows will have. */
    static RowDescription description(List<Column> columns, List<Integer> formats) {
        List<Column> described = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            described.add(
                    new Column(
                            column.name(),
                            column.table(),
                            column.attribute(),
                            column.type(),
                            column.typeBytes(),
                            column.typeModifier(),
                            format(formats, i)));
        }
        return new RowDescription(described);
    }

    private static int format(List<Integer> formats, int column) {
        return switch (formats.size()) {
            case 0 -> 0;
            case 1 -> formats.getFirst();
            default -> column < formats.size() ? formats.get(column) : 0;
        };
    }

    void writeTo(MessageWriter out) {
        for (List<Optional<String>> row : table.rows()) {
            out.begin(BackendType.DATA_ROW).int16(row.size());
            for (int i = 0; i < row.size(); i++) {
                Optional<String> value = row.get(i);
                if (value.isEmpty()) {
                    out.nullValue();
                } else if (format(formats, i) == 0) {
                    out.value(value.get().getBytes(StandardCharsets.UTF_8));
                } else {
                    out.value(binary(table.columns().get(i).type(), value.get()));
                }
            }
            out.end();
        }
    }

    private static byte[] binary(int type, String value) {
        return switch (type) {
            case INT4 -> ByteBuffer.allocate(4).putInt(Integer.parseInt(value)).array();
            case INT8 -> ByteBuffer.allocate(8).putLong(Long.parseLong(value)).array();
            case NUMERIC -> numeric(new BigInteger(value));
            default -> value.getBytes(StandardCharsets.UTF_8);
        };
    }

    /** Whole and not negative: digits to the base of 10,000, as numeric_send() writes them. */
    private static byte[] numeric(BigInteger value) {
        BigInteger base = BigInteger.valueOf(10_000);
        List<Integer> digits = new ArrayList<>();
        for (BigInteger rest = value; rest.signum() > 0; rest = rest.divide(base)) {
            digits.addFirst(rest.mod(base).intValue());
        }
        ByteBuffer out = ByteBuffer.allocate(8 + 2 * digits.size());
        out.putShort((short) digits.size()).putShort((short) Math.max(0, digits.size() - 1));
        out.putShort((short) 0).putShort((short) 0);
        digits.forEach(digit -> out.putShort(digit.shortValue()));
        return out.array();
    }
}
