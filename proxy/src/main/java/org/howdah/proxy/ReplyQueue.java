package org.howdah.proxy;

/**
 * What a server still has to answer, in order. Every message that demands a reply has an entry,
 * whether the client sent it, we did, or nobody did because we answer for the server; so it is
 * always known whose reply comes next and when all are there.
 *
 * <p>An entry is a long: the message in the lowest byte, its origin in the next, and in the upper
 * half a number that the sender chose (a statement's). The queue is a ring that grows to {@link
 * #LIMIT}; a sender looks at {@link #full} before it takes more from its client.
 */
final class ReplyQueue {

    // Messages that are answered.
    static final int QUERY = 1;
    static final int FUNCTION = 2;
    static final int PARSE = 3;
    static final int BIND = 4;
    static final int DESCRIBE = 5;
    static final int EXECUTE = 6;
    static final int CLOSE = 7;
    static final int SYNC = 8;

    /** CopyDone or CopyFail: not answered itself, but ends the time in which a Sync is ignored. */
    static final int COPY_END = 9;

    /** The queue is empty. */
    static final int NOTHING = 0;

    // Who sent the message.
    static final int CLIENT = 0;

    /** We did: the client must not see the reply. */
    static final int OURS = 1;

    /** Nobody: we give the reply when its turn comes. */
    static final int ABSENT = 2;

    /** The number of a Parse that changes nothing of what is known of statements. */
    static final int UNTRACKED = Integer.MIN_VALUE;

    /** The number of a query of ours whose answer is read. */
    static final int INQUIRY = 1;

    /**
     * Most entries. A server that is not asked to flush keeps up to 8 KiB of replies, 1,639 of the
     * smallest ones, so that it always answers some before the queue is full.
     */
    static final int LIMIT = 1 << 14;

    private static final int FIRST_CAPACITY = 16;

    private long[] ring = new long[FIRST_CAPACITY];
    private int head;
    private int size;
    private int ends;
    private int group;
    private boolean groupOpen;
    private boolean skipping;
    private boolean mixed;
    private int ignoredSyncs;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    boolean full() {
        return size >= LIMIT;
    }

    /** How many QUERY, FUNCTION and SYNC entries there are: as many ReadyForQuery will come. */
    int ends() {
        return ends;
    }

    /** What is sent with the same number is skipped together after an error. */
    int group() {
        return group;
    }

    /** Whether messages were sent that no Sync has ended yet, answered or not. */
    boolean groupOpen() {
        return groupOpen;
    }

    /**
     * Whether there ever was a query in a group that no Sync had ended. PostgreSQL 18 is left by
     * that in the midst of a transaction which it reports as ended, and refuses the next statement
     * (XX000, unexpected state STARTED).
     */
    boolean mixed() {
        return mixed;
    }

    /** Whether the server ignores everything up to the next Sync, which was not sent yet. */
    boolean skipping() {
        return skipping;
    }

    /** The server ignores everything that is sent now until a Sync; the queue is empty. */
    void skip() {
        skipping = true;
        groupOpen = true;
    }

    void add(int message, int origin, int number) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = ((long) number << 32) | (origin << 8) | message;
        size++;
        if (isEnd(message)) {
            mixed |= message == QUERY && groupOpen;
            ends++;
            group++;
            groupOpen = false;
            skipping = false;
        } else if (message != COPY_END) {
            groupOpen = true;
        }
    }

    /** The message whose reply comes next, or {@link #NOTHING}. */
    int message() {
        return size == 0 ? NOTHING : message(ring[head]);
    }

    /** The origin of the next; meaningless on an empty queue. */
    int origin() {
        return (int) (ring[head] >>> 8) & 0xff;
    }

    /** The number that the next was added with; meaningless on an empty queue. */
    int number() {
        return (int) (ring[head] >>> 32);
    }

    /** Takes the next away. */
    void remove() {
        if (isEnd(message(ring[head]))) {
            ends--;
        }
        head = (head + 1) & (ring.length - 1);
        size--;
        if (size == 0) {
            head = 0;
            if (ring.length > 1024) {
                ring = new long[FIRST_CAPACITY];
            }
        }
    }

    /**
     * A COPY into the server has begun with the next entry: the server ignores each Sync that
     * stands before the end of the COPY.
     *
     * @return whether its end has not been sent yet
     */
    boolean copyBegins() {
        ignoredSyncs = 0;
        while (size > 1 && message(at(1)) == SYNC) {
            removeSecond();
            ends--;
            ignoredSyncs++;
        }
        boolean endKnown = size > 1;
        if (endKnown && message(at(1)) == COPY_END) {
            removeSecond();
        }
        groupOpen = !isEnd(message(at(size - 1)));
        return !endKnown;
    }

    /**
     * How many Syncs the COPY that began last will make the server ignore, unless it fails before
     * they are read.
     */
    int ignoredSyncs() {
        return ignoredSyncs;
    }

    private void removeSecond() {
        ring[(head + 1) & (ring.length - 1)] = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
    }

    private long at(int index) {
        return ring[(head + index) & (ring.length - 1)];
    }

    private static int message(long entry) {
        return (int) entry & 0xff;
    }

    private static boolean isEnd(int message) {
        return message == QUERY || message == SYNC || message == FUNCTION;
    }

    private void grow() {
        long[] next = new long[ring.length * 2];
        for (int i = 0; i < size; i++) {
            next[i] = at(i);
        }
        ring = next;
        head = 0;
    }
}
