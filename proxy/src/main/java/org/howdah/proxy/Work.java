package org.howdah.proxy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a server connection does at the moment and since when, for limits and statistics. */
final class Work {

    private Tally tally;
    private long busySince;
    private long transactionSince;
    private long waited;
    private @Nullable StatementRecord statement;

    Work(Tally tally) {
        this.tally = tally;
    }

    Tally tally() {
        return tally;
    }

    /** The connection has moved to another loop. */
    void tally(Tally next) {
        tally = next;
    }

    /** When the oldest message that is not answered yet was sent, by {@link System#nanoTime}. */
    long busySince() {
        return busySince;
    }

    /** When the transaction began. */
    long transactionSince() {
        return transactionSince;
    }

    /** A client has got the connection after so long. */
    void assigned(long nanos) {
        waited = nanos;
        statement = null;
        tally.assigned(nanos);
    }

    /** The client runs this statement; the first of a message counts. */
    void runs(@Nullable StatementRecord next) {
        if (statement == null) {
            statement = next;
        }
    }

    /** A message is sent after which something is owed again. */
    void begins(long now, boolean idle) {
        busySince = now;
        if (idle) {
            transactionSince = now;
        }
    }

    /**
     * The server is ready for the next query of its client.
     *
     * @param idle outside of a transaction
     * @param slow above which its statement is logged; zero: never
     */
    void answered(long now, boolean idle, PoolKey pool, Duration slow) {
        long took = now - busySince;
        tally.answered(took, waited);
        SlowStatements.ran(slow, pool, statement, waited, took);
        if (statement != null) {
            statement.ran(took, waited);
            statement = null;
        }
        waited = 0;
        busySince = now;
        if (idle) {
            tally.transactionEnded(now - transactionSince);
            transactionSince = now;
        }
    }
}
