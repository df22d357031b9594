package org.howdah.wire;

import java.nio.ByteBuffer;

/** A setting as the server reports it at login and whenever it changes. */
public record ParameterStatus(String name, String value) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static ParameterStatus parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("ParameterStatus", in, from, to);
        ParameterStatus status = new ParameterStatus(reader.text(), reader.text());
        reader.end();
        return status;
    }

    public void writeTo(MessageWriter out) {
        out.begin(BackendType.PARAMETER_STATUS).text(name).text(value).end();
    }
}
