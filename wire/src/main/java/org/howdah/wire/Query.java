package org.howdah.wire;

import java.nio.ByteBuffer;

/** Statements to be run at once, with all rows as text. */
public record Query(String sql) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static Query parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("Query", in, from, to);
        Query query = new Query(reader.text());
        reader.end();
        return query;
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.QUERY).text(sql).end();
    }
}
