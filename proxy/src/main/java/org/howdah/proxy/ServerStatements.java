package org.howdah.proxy;

import org.jspecify.annotations.Nullable;

/**
 * Which statements are prepared on one server connection. What was asked of the server and is not
 * answered yet is not certain: an error before it makes the server skip it. So a statement counts
 * as prepared when the server has said so, or when its Parse was sent in the same group of messages
 * (up to a Sync), since then whatever needs it is skipped with it. In between it is closed and
 * parsed once more, which is right in either case.
 */
final class ServerStatements {

    /** What must be sent before a statement can be used. */
    enum Need {
        NOTHING,
        PARSE,
        CLOSE_AND_PARSE
    }

    private static final int FIRST_CAPACITY = 16;

    private @Nullable Entry[] places = new @Nullable Entry[FIRST_CAPACITY];
    private final Entry ring = new Entry(0);
    private int entries;
    private int group;
    private int unnamed;

    /** A Sync or a query was sent: what follows is not skipped with what went before. */
    void groupEnds() {
        group++;
    }

    /** Which statement the unnamed one is here, as far as was sent; 0: none that we know. */
    int unnamed() {
        return unnamed;
    }

    void unnamed(int number) {
        unnamed = number;
    }

    /** The statement is about to be used: what must go before? Counts on it being sent. */
    Need use(int number) {
        Entry entry = entry(number);
        toFront(entry);
        if (entry.closing && entry.group == group) {
            entry.closing = false;
            entry.pending++;
            return Need.PARSE;
        }
        if (entry.pending > 0 || entry.doubtful) {
            if (entry.group == group && entry.pending > 0) {
                return Need.NOTHING;
            }
            entry.closing = false;
            entry.pending += 2;
            entry.group = group;
            return Need.CLOSE_AND_PARSE;
        }
        if (entry.present) {
            return Need.NOTHING;
        }
        entry.pending++;
        entry.group = group;
        return Need.PARSE;
    }

    /**
     * The statement that should be closed because there are too many; 0: none. Counts on its Close
     * being sent.
     */
    int evict(int most) {
        if (entries <= most) {
            return 0;
        }
        for (Entry oldest = ring.newer; oldest != ring; oldest = oldest.newer) {
            if (oldest.pending == 0 && oldest.present) {
                oldest.pending++;
                oldest.closing = true;
                oldest.group = group;
                return oldest.number;
            }
        }
        return 0;
    }

    /** ParseComplete. */
    void parsed(int number) {
        Entry entry = entry(number);
        entry.answered();
        entry.present = true;
    }

    /** CloseComplete. */
    void closed(int number) {
        Entry entry = entry(number);
        boolean afterDoubt = entry.answered();
        entry.present = false;
        entry.doubtful = entry.doubtful && !afterDoubt;
        drop(entry);
    }

    /** A Parse or Close failed or was skipped. */
    void skipped(int number) {
        Entry entry = entry(number);
        entry.answered();
        entry.closing = false;
        drop(entry);
    }

    /** Something was sent that closes all statements, if it succeeds. */
    void doubtAll() {
        for (Entry entry = ring.newer; entry != ring; entry = entry.newer) {
            entry.doubtful = true;
            entry.repliesBeforeDoubt = entry.pending;
        }
        unnamed = 0;
        group++;
    }

    int size() {
        return entries;
    }

    private void drop(Entry entry) {
        if (entry.pending == 0 && !entry.present && !entry.doubtful) {
            unlink(entry);
            remove(entry.number);
        }
    }

    private Entry entry(int number) {
        int mask = places.length - 1;
        int place = place(number, mask);
        Entry found = places[place];
        while (found != null && found.number != number) {
            place = (place + 1) & mask;
            found = places[place];
        }
        if (found == null) {
            found = new Entry(number);
            toFront(found);
            places[place] = found;
            entries++;
            if (entries * 2 > places.length) {
                rebuild(places.length * 2);
            }
        }
        return found;
    }

    private static int place(int number, int mask) {
        return (number * 0x9E3779B9) >>> 7 & mask;
    }

    private void remove(int number) {
        int mask = places.length - 1;
        int place = place(number, mask);
        Entry found = places[place];
        while (found != null && found.number != number) {
            place = (place + 1) & mask;
            found = places[place];
        }
        if (found != null) {
            places[place] = null;
            entries--;
            rebuild(places.length);
        }
    }

    private void rebuild(int capacity) {
        places = new @Nullable Entry[capacity];
        int mask = capacity - 1;
        for (Entry entry = ring.newer; entry != ring; entry = entry.newer) {
            int place = place(entry.number, mask);
            while (places[place] != null) {
                place = (place + 1) & mask;
            }
            places[place] = entry;
        }
    }

    private void toFront(Entry entry) {
        if (ring.older == entry) {
            return;
        }
        unlink(entry);
        entry.older = ring.older;
        entry.newer = ring;
        ring.older.newer = entry;
        ring.older = entry;
    }

    private static void unlink(Entry entry) {
        entry.older.newer = entry.newer;
        entry.newer.older = entry.older;
    }

    /** One statement, in a ring from the one used longest ago to the one used last. */
    private static final class Entry {
        private final int number;
        private boolean present;
        private boolean doubtful;
        private boolean closing;
        private int pending;
        private int repliesBeforeDoubt;
        private int group;
        private Entry older = this;
        private Entry newer = this;

        Entry(int number) {
            this.number = number;
        }

        /** A reply has come; answers whether to something that was sent after the last doubt. */
        private boolean answered() {
            pending--;
            if (repliesBeforeDoubt == 0) {
                return true;
            }
            repliesBeforeDoubt--;
            return false;
        }
    }
}
