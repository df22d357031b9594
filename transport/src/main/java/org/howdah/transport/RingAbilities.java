package org.howdah.transport;

import java.util.List;

/**
 * Ways to set a ring up that newer kernels have; see io_uring_setup(2).
 *
 * @param flags for io_uring_setup
 * @param names for the log
 */
record RingAbilities(int flags, String names) {
    private static final RingAbilities NONE = new RingAbilities(0, "");

    /** An entry that is wrong does not stop those behind it (5.18); no interrupts for us (5.19). */
    private static final RingAbilities COOPERATIVE =
            NONE.and(1 << 7, "SUBMIT_ALL").and(1 << 8, "COOP_TASKRUN");

    /** Only one thread submits, so that the kernel needs no locks (6.0). */
    private static final RingAbilities SINGLE = COOPERATIVE.and(1 << 12, "SINGLE_ISSUER");

    /** The kernel finishes work when we wait for it, all at once (6.1). */
    private static final RingAbilities DEFERRED = SINGLE.and(1 << 13, "DEFER_TASKRUN");

    /** No table between the queue and its entries (6.6). */
    private static final RingAbilities DIRECT_QUEUE = DEFERRED.and(1 << 16, "NO_SQARRAY");

    /** One after the other without what older kernels do not know. */
    static final List<RingAbilities> BEST_FIRST =
            List.of(DIRECT_QUEUE, DEFERRED, SINGLE, COOPERATIVE);

    private RingAbilities and(int flag, String name) {
        return new RingAbilities(flags | flag, names.isEmpty() ? name : names + "|" + name);
    }
}
