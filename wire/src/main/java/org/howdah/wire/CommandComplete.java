package org.howdah.wire;

import java.nio.ByteBuffer;

/**
 * A statement is done.
 *
 * @param tag what it was and how many rows it touched: {@code SELECT 3}
 */
public record CommandComplete(String tag) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static CommandComplete parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("CommandComplete", in, from, to);
        CommandComplete complete = new CommandComplete(reader.text());
        reader.end();
        return complete;
    }

    public void writeTo(MessageWriter out) {
        out.begin(BackendType.COMMAND_COMPLETE).text(tag).end();
    }
}
