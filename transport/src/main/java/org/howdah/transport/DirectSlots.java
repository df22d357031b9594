package org.howdah.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How many places are free in the ring's own table of files. A client that is accepted while none
 * is left would be lost, so that a place is taken before the accept begins. The table may be as
 * long as the limit on open files; its files do not count towards that limit.
 */
final class DirectSlots {
    private static final int REGISTER_FILES2 = 13;
    private static final int SPARSE = 1;
    private static final int RLIMIT_NOFILE = 7;

    /** More are not needed on one loop. */
    static final int MOST = 64 * 1024;

    private final int size;
    private int free;

    private DirectSlots(int size) {
        this.size = size;
        this.free = size;
    }

    /**
     * Registers the table; a kernel that refuses leaves us without one.
     *
     * @param most how long it may be
     */
    static DirectSlots register(SystemCalls calls, Arena arena, int uring, int most) {
        MemorySegment limits = arena.allocate(16, Long.BYTES);
        int limited = calls.getrlimit(RLIMIT_NOFILE, limits);
        long limit = limited < 0 ? 1024 : limits.get(JAVA_LONG, 0);
        int size = limit < 0 || limit > most ? most : (int) limit;
        // struct io_uring_rsrc_register
        MemorySegment registration = arena.allocate(32, Long.BYTES);
        registration.set(JAVA_INT, 0, size);
        registration.set(JAVA_INT, 4, SPARSE);
        int outcome = calls.ioUringRegister(uring, REGISTER_FILES2, registration, 32);
        return new DirectSlots(outcome < 0 ? 0 : size);
    }

    int size() {
        return size;
    }

    /** Whether there was a place; it is the caller's now. */
    boolean take() {
        if (free == 0) {
            return false;
        }
        free--;
        return true;
    }

    void giveBack() {
        free++;
    }
}
