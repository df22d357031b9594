package org.howdah.transport;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Ends the ring's wait from another thread, by an eventfd that the ring reads. */
final class WakeUp {
    private static final int CLOEXEC_NONBLOCK = 02000000 | 04000;

    private final SystemCalls calls;
    private final int eventfd;
    private final long read;
    private final MemorySegment one;
    private boolean open = true;

    WakeUp(SystemCalls calls, Arena arena) {
        this.calls = calls;
        this.eventfd = calls.eventfd(CLOEXEC_NONBLOCK);
        if (eventfd < 0) {
            throw Ring.refused("eventfd: " + SystemCalls.words(eventfd));
        }
        this.read = arena.allocate(JAVA_LONG).address();
        this.one = Arena.global().allocateFrom(JAVA_LONG, 1L);
    }

    /** To be called again each time it has been heard. */
    void listen(Requests requests) {
        requests.readEvent(eventfd, read);
    }

    /** Any thread. The lock keeps a number that is somebody else's by now from being written to. */
    synchronized void ring() {
        if (open) {
            SystemCalls.writeEvent(eventfd, one);
        }
    }

    synchronized void close() {
        open = false;
        int ignored = calls.close(eventfd);
    }
}
