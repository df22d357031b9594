package org.howdah.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a channel was given to send and the system has not taken yet, in order. The first chunk is
 * small, since most messages are; the ones behind it are large, since then it is a stream. Bytes
 * may be appended behind those that the system is reading at the moment.
 */
final class Backlog {
    private static final int FIRST = 4 * 1024;
    private static final int FURTHER = 64 * 1024;

    private final ChunkPool pool;
    private @Nullable Chunk head;
    private @Nullable Chunk tail;
    private long bytes;

    Backlog(ChunkPool pool) {
        this.pool = pool;
    }

    long bytes() {
        return bytes;
    }

    /** The chunk whose bytes leave next; null when there are none. */
    @Nullable Chunk first() {
        return head;
    }

    void append(ByteBuffer source, int offset, int length) {
        int done = 0;
        while (done < length) {
            Chunk chunk = chunkWithRoom();
            int part = Math.min(length - done, chunk.room());
            chunk.append(source, offset + done, part);
            done += part;
        }
        bytes += length;
    }

    void append(byte[] source, int offset, int length) {
        int done = 0;
        while (done < length) {
            Chunk chunk = chunkWithRoom();
            int part = Math.min(length - done, chunk.room());
            chunk.append(source, offset + done, part);
            done += part;
        }
        bytes += length;
    }

    private Chunk chunkWithRoom() {
        Chunk last = tail;
        if (last != null && last.room() > 0) {
            return last;
        }
        Chunk chunk = pool.take(last == null ? FIRST : FURTHER);
        if (last == null) {
            head = chunk;
        } else {
            last.next = chunk;
        }
        tail = chunk;
        return chunk;
    }

    /** The system has taken this many bytes of the first chunk. */
    void taken(int count) {
        Chunk chunk = head;
        if (chunk == null || count > chunk.length()) {
            throw new IllegalStateException("More was taken than there was.");
        }
        chunk.from += count;
        bytes -= count;
        if (chunk.length() == 0) {
            drop(chunk);
        }
    }

    /** Forgets everything. */
    void clear() {
        while (head != null) {
            drop(head);
        }
        bytes = 0;
    }

    private void drop(Chunk chunk) {
        head = chunk.next;
        chunk.next = null;
        if (head == null) {
            tail = null;
        }
        pool.give(chunk);
    }
}
