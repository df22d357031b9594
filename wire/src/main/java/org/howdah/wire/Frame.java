package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * A message as it came: its type and what stood behind the header.
 *
 * @param type of {@link BackendType}
 */
public record Frame(byte type, Payload body) {

    /** A reader of a message's class: {@code DataRow::parseFrom}. */
    @FunctionalInterface
    public interface Reader<T> {
        T parseFrom(ByteBuffer in, int from, int to);
    }

    /** Reads it as the message that it is. */
    public <T> T as(Reader<T> reader) {
        return reader.parseFrom(body.buffer(), 0, body.size());
    }

    public boolean is(byte wanted) {
        return type == wanted;
    }

    /** What an ErrorResponse or NoticeResponse says. */
    public Diagnostic diagnostic() {
        return Diagnostic.parseFrom(type, body.buffer(), 0, body.size());
    }

    @Override
    public String toString() {
        if (type == BackendType.ERROR_RESPONSE || type == BackendType.NOTICE_RESPONSE) {
            return diagnostic().toString();
        }
        return BackendType.name(type) + "[" + body + "]";
    }
}
