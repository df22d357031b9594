package org.howdah.wire;

/**
 * A column of a RowDescription.
 *
 * @param table OID of the table that it is a column of, else 0
 * @param attribute number of the column in that table, else 0
 * @param type OID of the type
 * @param typeBytes bytes of a value; negative: they differ
 * @param typeModifier -1 where the type has none
 * @param format 0 text, 1 binary
 */
public record Column(
        String name,
        int table,
        int attribute,
        int type,
        int typeBytes,
        int typeModifier,
        int format) {

    // OIDs as in pg_type.dat.
    private static final int INT8 = 20;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int NUMERIC = 1700;

    static final int LEAST_BYTES = 19;

    public static Column text(String name) {
        return computed(name, TEXT, -1);
    }

    public static Column int4(String name) {
        return computed(name, INT4, 4);
    }

    public static Column int8(String name) {
        return computed(name, INT8, 8);
    }

    public static Column numeric(String name) {
        return computed(name, NUMERIC, -1);
    }

    private static Column computed(String name, int type, int typeBytes) {
        return new Column(name, 0, 0, type, typeBytes, -1, 0);
    }

    static Column readFrom(FieldReader reader) {
        return new Column(
                reader.text(),
                reader.int32(),
                reader.int16(),
                reader.int32(),
                reader.int16(),
                reader.int32(),
                reader.int16());
    }

    void writeTo(MessageWriter out) {
        out.text(name).int32(table).int16(attribute);
        out.int32(type).int16(typeBytes).int32(typeModifier).int16(format);
    }
}
