package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The statements that the clients of one loop have sent, by text and parameter types. Statements
 * that no client has under a name are kept for {@link #SPARE_BYTES}, the latest first in, so that
 * texts with literals in them cannot fill the memory.
 */
final class StatementCatalog {

    private static final int SPARE_BYTES = 16 * 1024 * 1024;

    /** What a statement costs beside its text. */
    private static final int OVERHEAD_BYTES = 160;

    private final AtomicInteger numbers;
    private final ByteMap<SharedStatement> statements = new ByteMap<>();
    private final ArrayDeque<SharedStatement> arrivals = new ArrayDeque<>();
    private long bytes;

    /** With the numbers that the process gives its statements. */
    StatementCatalog(AtomicInteger numbers) {
        this.numbers = numbers;
    }

    /** The statement whose Parse message has this behind its name. */
    SharedStatement statement(ByteBuffer in, int from, int to) {
        SharedStatement known = statements.get(in, from, to);
        if (known != null) {
            return known;
        }
        SharedStatement added =
                new SharedStatement(numbers.incrementAndGet(), Bytes.copy(in, from, to));
        statements.put(in, from, to, added);
        arrivals.add(added);
        bytes += cost(added);
        forget();
        return added;
    }

    private static int cost(SharedStatement statement) {
        return OVERHEAD_BYTES + 2 * statement.tail().length;
    }

    /** Lets the oldest go that nobody has under a name; those that somebody has go to the end. */
    private void forget() {
        int looks = bytes > SPARE_BYTES ? 8 : 0;
        while (looks-- > 0 && arrivals.size() > 1) {
            SharedStatement oldest = arrivals.remove();
            if (oldest.users() > 0) {
                arrivals.add(oldest);
            } else {
                ByteBuffer key = ByteBuffer.wrap(oldest.tail());
                statements.remove(key, 0, oldest.tail().length);
                bytes -= cost(oldest);
            }
        }
    }

    int size() {
        return statements.size();
    }

    long bytes() {
        return bytes;
    }
}
