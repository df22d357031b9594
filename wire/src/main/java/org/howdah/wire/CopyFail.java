package org.howdah.wire;

import java.nio.ByteBuffer;

/** The client gives a COPY up; the server answers with an error that says why. */
public record CopyFail(String why) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static CopyFail parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("CopyFail", in, from, to);
        CopyFail fail = new CopyFail(reader.text());
        reader.end();
        return fail;
    }

    public void writeTo(MessageWriter out) {
        out.begin(FrontendType.COPY_FAIL).text(why).end();
    }
}
