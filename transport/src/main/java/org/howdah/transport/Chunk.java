package org.howdah.transport;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of memory outside the heap, lent by a {@link ChunkPool}; the bytes from {@code from} to
 * {@code to} are in use. Its buffer is read and written by index.
 */
final class Chunk {
    final ByteBuffer bytes;
    final long address;
    int from;
    int to;

    /** The next one in the same {@link Backlog}, or in the pool's list of free ones. */
    @Nullable Chunk next;

    Chunk(ByteBuffer bytes) {
        this.bytes = bytes;
        this.address = MemorySegment.ofBuffer(bytes).address();
    }

    int length() {
        return to - from;
    }

    int room() {
        return bytes.capacity() - to;
    }

    void append(ByteBuffer source, int offset, int length) {
        bytes.put(to, source, offset, length);
        to += length;
    }

    void append(byte[] source, int offset, int length) {
        bytes.put(to, source, offset, length);
        to += length;
    }
}
