package org.howdah.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;

/**
 * Sends one byte through a ring and receives it as channels do: versions and flags do not tell
 * whether a kernel, patched by its distributor and fenced in by a container, really does it.
 */
final class UringProbe {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM_CLOEXEC = 1 | 02000000;
    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final int BUFFER_AND_MORE = 1 | 1 << 1;

    private final SystemCalls calls;
    private final Ring ring;
    private final Requests requests;
    private boolean received;
    private int underWay;

    UringProbe(SystemCalls calls, Ring ring, Requests requests) {
        this.calls = calls;
        this.ring = ring;
        this.requests = requests;
    }

    /**
     * Tries it.
     *
     * @throws TransportException when the byte does not arrive
     */
    void check(BufferRing buffers) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(JAVA_INT, 2);
            int outcome = calls.socketpair(AF_UNIX, SOCK_STREAM_CLOEXEC, pair);
            if (outcome < 0) {
                throw Ring.refused("socketpair: " + SystemCalls.words(outcome));
            }
            int sender = Handles.plain(pair.getAtIndex(JAVA_INT, 0));
            int receiver = Handles.plain(pair.getAtIndex(JAVA_INT, 1));
            try {
                requests.receive(receiver);
                requests.send(sender, arena.allocate(1).address(), 1);
                underWay = 2;
                turnUntil(buffers, () -> received && underWay == 1);
                requests.cancel(Operation.RECEIVE, receiver);
                turnUntil(buffers, () -> underWay == 0);
            } finally {
                calls.close(Handles.number(sender));
                calls.close(Handles.number(receiver));
            }
        }
    }

    private void turnUntil(BufferRing buffers, BooleanSupplier done) {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            ring.submitAndWait(PATIENCE_NANOS);
            while (ring.hasNext()) {
                completed(buffers, ring.next());
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw Ring.refused("io_uring does not move bytes");
            }
        }
    }

    private void completed(BufferRing buffers, long completion) {
        int operation = Operation.of(Memory.getLong(completion));
        int outcome = Memory.getInt(completion + 8);
        int flags = Memory.getInt(completion + 12);
        if (operation == Operation.RECEIVE && outcome == 1) {
            buffers.giveBack(flags >>> 16);
            received = (flags & BUFFER_AND_MORE) == BUFFER_AND_MORE;
        } else if (operation != Operation.IGNORED) {
            underWay--;
        }
        if (outcome < 0 && operation != Operation.IGNORED && outcome != SystemErrors.CANCELED) {
            throw Ring.refused("io_uring's sockets: " + SystemCalls.words(outcome));
        }
    }
}
