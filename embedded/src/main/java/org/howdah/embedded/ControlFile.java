package org.howdah.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The head of {@code global/pg_control}, which has had the same layout from PostgreSQL 11 to 18: <a
 * href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/catalog/pg_control.h">pg_control.h</a>.
 *
 * @param checkpoint position of the newest checkpoint record; after a clean shutdown the last one
 * @param timeline of that checkpoint
 */
record ControlFile(boolean shutDownClean, long checkpoint, int timeline) {

    private static final int STATE = 16;
    private static final int CHECKPOINT = 32;
    private static final int TIMELINE = 48;
    private static final int ENOUGH = 52;
    private static final int DB_SHUTDOWNED = 1;

    static ControlFile read(Path data) throws IOException {
        byte[] bytes = Files.readAllBytes(data.resolve("global/pg_control"));
        if (bytes.length < ENOUGH) {
            throw new IOException(data.resolve("global/pg_control") + " is too short");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return new ControlFile(
                buffer.getInt(STATE) == DB_SHUTDOWNED,
                buffer.getLong(CHECKPOINT),
                buffer.getInt(TIMELINE));
    }
}
