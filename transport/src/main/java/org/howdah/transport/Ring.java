package org.howdah.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * An io_uring: two queues in memory shared with the kernel. What is to be done is written into the
 * submission queue, what was done is read from the completion queue, and one system call a turn
 * submits and waits. Only the thread that made the ring may use it; see io_uring(7).
 */
final class Ring implements AutoCloseable {
    private static final int ENTRIES = 1024;
    private static final int COMPLETIONS = 8 * ENTRIES;

    /** How often a kernel that takes nothing is asked again before the loop gives up. */
    private static final int SUBMIT_TRIES = 1000;

    private static final int SETUP_CQSIZE = 1 << 3;
    private static final int FEAT_SINGLE_MMAP = 1;
    private static final int FEAT_EXT_ARG = 1 << 8;
    private static final int ENTER_GETEVENTS = 1;
    private static final int ENTER_EXT_ARG = 1 << 3;
    private static final long OFFSET_SQES = 0x10000000L;
    private static final int READ_WRITE = 3;
    private static final int SHARED_POPULATED = 0x8001;

    // struct io_uring_params, struct io_sqring_offsets from 40, struct io_cqring_offsets from 80
    private static final int PARAMETERS_BYTES = 120;
    private static final int PARAMETER_CQ_ENTRIES = 4;
    private static final int PARAMETER_FLAGS = 8;
    private static final int PARAMETER_FEATURES = 20;
    private static final int SQ = 40;
    private static final int CQ = 80;

    private static final int SQE_BYTES = 64;
    private static final int CQE_BYTES = 16;

    private final SystemCalls calls;
    private final int descriptor;
    private final String flags;
    private final long queues;
    private final long queuesBytes;
    private final long entries;
    private final long entriesBytes;
    private final long submissionHead;
    private final long submissionTail;
    private final int submissionMask;
    private final long completionHead;
    private final long completionTail;
    private final int completionMask;
    private final long completions;

    /** struct io_uring_getevents_arg, and the struct __kernel_timespec to which it points. */
    private final MemorySegment waitArgument;

    private int tail;
    private int submitted;
    private int head;
    private int visible;
    private long enters;

    private Ring(
            SystemCalls calls,
            Arena arena,
            int descriptor,
            MemorySegment parameters,
            String flags) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.flags = flags;
        int submissionEntries = parameters.get(JAVA_INT, 0);
        int completionEntries = parameters.get(JAVA_INT, PARAMETER_CQ_ENTRIES);
        int array = parameters.get(JAVA_INT, SQ + 24);
        int cqes = parameters.get(JAVA_INT, CQ + 20);
        this.queuesBytes =
                Math.max(
                        array + (long) submissionEntries * Integer.BYTES,
                        cqes + (long) completionEntries * CQE_BYTES);
        this.entriesBytes = (long) submissionEntries * SQE_BYTES;
        this.queues = map(queuesBytes, 0);
        this.entries = map(entriesBytes, OFFSET_SQES);
        this.submissionHead = queues + parameters.get(JAVA_INT, SQ);
        this.submissionTail = queues + parameters.get(JAVA_INT, SQ + 4);
        this.submissionMask = Memory.getInt(queues + parameters.get(JAVA_INT, SQ + 8));
        this.completionHead = queues + parameters.get(JAVA_INT, CQ);
        this.completionTail = queues + parameters.get(JAVA_INT, CQ + 4);
        this.completionMask = Memory.getInt(queues + parameters.get(JAVA_INT, CQ + 8));
        this.completions = queues + cqes;
        for (int i = 0; array != 0 && i < submissionEntries; i++) {
            // Each place of the queue always means the entry of the same number.
            Memory.putInt(queues + array + (long) i * Integer.BYTES, i);
        }
        this.waitArgument = arena.allocate(24 + 16, Long.BYTES);
        waitArgument.set(JAVA_LONG, 16, waitArgument.address() + 24);
    }

    /**
     * Makes a ring with the first of these abilities that the kernel grants.
     *
     * @throws TransportException when the system does not grant one
     */
    static Ring open(SystemCalls calls, Arena arena, List<RingAbilities> choices) {
        int outcome = 0;
        for (RingAbilities abilities : choices) {
            MemorySegment parameters = arena.allocate(PARAMETERS_BYTES, Long.BYTES);
            parameters.set(JAVA_INT, PARAMETER_CQ_ENTRIES, COMPLETIONS);
            parameters.set(JAVA_INT, PARAMETER_FLAGS, abilities.flags() | SETUP_CQSIZE);
            outcome = calls.ioUringSetup(ENTRIES, parameters);
            if (outcome >= 0) {
                int features = parameters.get(JAVA_INT, PARAMETER_FEATURES);
                if ((features & FEAT_EXT_ARG) == 0 || (features & FEAT_SINGLE_MMAP) == 0) {
                    calls.close(outcome);
                    throw refused("io_uring of this kernel is too old");
                }
                return new Ring(calls, arena, outcome, parameters, abilities.names());
            }
        }
        throw refused("io_uring_setup: " + SystemCalls.words(outcome));
    }

    static TransportException refused(String reason) {
        return new TransportException(
                reason,
                "Linux 6.1 or newer is needed, kernel.io_uring_disabled must be 0 and a container's"
                        + " seccomp profile must allow io_uring.");
    }

    private long map(long bytes, long offset) {
        long address = calls.mmap(bytes, READ_WRITE, SHARED_POPULATED, descriptor, offset);
        if (address < 0 && address > -4096) {
            calls.close(descriptor);
            throw refused("mmap of io_uring: " + SystemCalls.words((int) address));
        }
        return address;
    }

    int descriptor() {
        return descriptor;
    }

    /** The abilities that the kernel granted, for the log. */
    String abilities() {
        return flags;
    }

    /** How often the kernel was entered. */
    long enters() {
        return enters;
    }

    /**
     * A free entry of the submission queue, emptied; what is written there before the next call of
     * any method of the ring is submitted with the turn.
     *
     * @return its address
     */
    long entry() {
        for (int tries = 0; full(); tries++) {
            int outcome = enter(0, ENTER_GETEVENTS, 0, 0);
            if (outcome < 0 && (!isPassing(outcome) || tries == SUBMIT_TRIES)) {
                throw new IllegalStateException("io_uring_enter: " + SystemCalls.words(outcome));
            }
        }
        long entry = entries + (long) (tail & submissionMask) * SQE_BYTES;
        tail++;
        for (int i = 0; i < SQE_BYTES; i += Long.BYTES) {
            Memory.putLong(entry + i, 0);
        }
        return entry;
    }

    private boolean full() {
        return tail - Memory.getIntAcquire(submissionHead) > submissionMask;
    }

    /** The kernel was interrupted, has its hands full, or the time to wait was up. */
    private static boolean isPassing(int outcome) {
        return outcome == SystemErrors.TIME_IS_UP
                || outcome == SystemErrors.INTERRUPTED
                || outcome == SystemErrors.TRY_AGAIN
                || outcome == SystemErrors.BUSY;
    }

    /**
     * Submits everything and waits until something is done.
     *
     * @param waitNanos 0: do not wait; negative: for as long as it takes
     */
    void submitAndWait(long waitNanos) {
        Memory.putIntRelease(completionHead, head);
        boolean wait = waitNanos != 0 && Memory.getIntAcquire(completionTail) == head;
        int outcome;
        if (wait && waitNanos > 0) {
            waitArgument.set(JAVA_LONG, 24, waitNanos / 1_000_000_000);
            waitArgument.set(JAVA_LONG, 32, waitNanos % 1_000_000_000);
            outcome = enter(1, ENTER_GETEVENTS | ENTER_EXT_ARG, waitArgument.address(), 24);
        } else {
            outcome = enter(wait ? 1 : 0, ENTER_GETEVENTS, 0, 0);
        }
        if (outcome < 0 && !isPassing(outcome)) {
            throw new IllegalStateException("io_uring_enter: " + SystemCalls.words(outcome));
        }
        visible = Memory.getIntAcquire(completionTail);
    }

    private int enter(int complete, int enterFlags, long argument, long argumentBytes) {
        Memory.putIntRelease(submissionTail, tail);
        int count = tail - submitted;
        enters++;
        int outcome =
                calls.ioUringEnter(
                        descriptor, count, complete, enterFlags, argument, argumentBytes);
        // Also what it says when it was interrupted after it had taken some.
        submitted = Memory.getIntAcquire(submissionHead);
        return outcome;
    }

    /** Whether there is a completion that has not been read. */
    boolean hasNext() {
        return head != visible;
    }

    /**
     * Goes on to the next completion.
     *
     * @return its address: user_data, then res, then flags
     */
    long next() {
        long completion = completions + (long) (head & completionMask) * CQE_BYTES;
        head++;
        return completion;
    }

    @Override
    public void close() {
        calls.close(descriptor);
        calls.munmap(entries, entriesBytes);
        calls.munmap(queues, queuesBytes);
    }
}
