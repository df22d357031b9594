package org.howdah.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The buffers that all channels of a ring share to receive into: the kernel takes one only when
 * bytes are there, so that an idle channel holds none. See io_uring_register_buf_ring(3).
 */
final class BufferRing {
    /** The number by which entries of the submission queue name this group of buffers. */
    static final int GROUP = 0;

    private static final int REGISTER_PBUF_RING = 22;
    private static final int BUFFERS = 512;
    private static final int BUFFER_BYTES = 8 * 1024;
    private static final int PAGE_BYTES = 4096;

    // struct io_uring_buf; the ring's tail is in the unused bytes of the first one
    private static final int ENTRY_BYTES = 16;
    private static final int TAIL = 14;

    private final ByteBuffer memory;
    private final long memoryAddress;
    private final long ring;
    private int tail;
    private int published;

    BufferRing(SystemCalls calls, Arena arena, int uring) {
        this.memory = arena.allocate((long) BUFFERS * BUFFER_BYTES, PAGE_BYTES).asByteBuffer();
        this.memoryAddress = MemorySegment.ofBuffer(memory).address();
        this.ring = arena.allocate((long) BUFFERS * ENTRY_BYTES, PAGE_BYTES).address();
        // struct io_uring_buf_reg
        MemorySegment registration = arena.allocate(40, Long.BYTES);
        registration.set(JAVA_LONG, 0, ring);
        registration.set(JAVA_INT, 8, BUFFERS);
        registration.set(JAVA_INT, 12, GROUP);
        int outcome = calls.ioUringRegister(uring, REGISTER_PBUF_RING, registration, 1);
        if (outcome < 0) {
            throw Ring.refused("io_uring's buffers: " + SystemCalls.words(outcome));
        }
        for (int buffer = 0; buffer < BUFFERS; buffer++) {
            giveBack(buffer);
        }
        publish();
    }

    /** All buffers; those of one lie together from {@link #start} on. */
    ByteBuffer memory() {
        return memory;
    }

    static int start(int buffer) {
        return buffer * BUFFER_BYTES;
    }

    /** The kernel may fill the buffer again after {@link #publish}. */
    void giveBack(int buffer) {
        long entry = ring + (long) (tail & (BUFFERS - 1)) * ENTRY_BYTES;
        Memory.putLong(entry, memoryAddress + start(buffer));
        Memory.putInt(entry + 8, BUFFER_BYTES);
        Memory.putShort(entry + 12, buffer);
        tail++;
    }

    void publish() {
        if (published != tail) {
            published = tail;
            Memory.putShortRelease(ring + TAIL, tail);
        }
    }
}
