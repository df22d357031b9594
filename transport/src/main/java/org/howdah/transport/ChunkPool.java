package org.howdah.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A loop's memory for bytes that wait: those a receiver left over and those the system has not
 * taken yet. Chunks come in powers of two and go back to where they were taken last, so that the
 * ones in use stay in the processor's caches. Loop thread only.
 *
 * <p>Small chunks are cut from slabs and kept for good. Large ones are kept up to {@link
 * #LARGE_BYTES_KEPT}; more than that is left to the garbage collector.
 */
final class ChunkPool {
    static final int SMALLEST = 256;
    static final int LARGEST = 1 << 30;
    static final long LARGE_BYTES_KEPT = 16L * 1024 * 1024;

    private static final int SLAB = 64 * 1024;

    /** By the binary logarithm of the size. */
    private final @Nullable Chunk[] free = new @Nullable Chunk[31];

    private long largeBytesFree;

    /**
     * @param bytes at least this many, at most {@link #LARGEST}
     * @return an empty one
     */
    Chunk take(int bytes) {
        int rank = rank(bytes);
        Chunk chunk = free[rank];
        if (chunk == null) {
            return make(rank);
        }
        free[rank] = chunk.next;
        chunk.next = null;
        if (chunk.bytes.capacity() >= SLAB) {
            largeBytesFree -= chunk.bytes.capacity();
        }
        return chunk;
    }

    /** Takes a chunk back, from whatever loop it came; nobody may use it afterwards. */
    void give(Chunk chunk) {
        chunk.from = 0;
        chunk.to = 0;
        int capacity = chunk.bytes.capacity();
        if (capacity >= SLAB) {
            if (largeBytesFree + capacity > LARGE_BYTES_KEPT) {
                return;
            }
            largeBytesFree += capacity;
        }
        int rank = rank(capacity);
        chunk.next = free[rank];
        free[rank] = chunk;
    }

    private Chunk make(int rank) {
        int size = 1 << rank;
        if (size >= SLAB) {
            return new Chunk(ByteBuffer.allocateDirect(size));
        }
        ByteBuffer slab = ByteBuffer.allocateDirect(SLAB);
        for (int at = SLAB - size; at > 0; at -= size) {
            give(new Chunk(slab.slice(at, size)));
        }
        return new Chunk(slab.slice(0, size));
    }

    private static int rank(int bytes) {
        if (bytes > LARGEST) {
            throw new IllegalArgumentException("A chunk of " + bytes + " bytes is too large.");
        }
        return 32 - Integer.numberOfLeadingZeros(Math.max(bytes, SMALLEST) - 1);
    }
}
