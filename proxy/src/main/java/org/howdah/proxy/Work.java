package org.howdah.proxy;

/** What a server connection does at the moment and since when, for limits and statistics. */
final class Work {

    private Tally tally;
    private long busySince;
    private long transactionSince;
    private long waited;

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
        tally.assigned(nanos);
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
     */
    void answered(long now, boolean idle) {
        tally.answered(now - busySince, waited);
        waited = 0;
        busySince = now;
        if (idle) {
            tally.transactionEnded(now - transactionSince);
            transactionSince = now;
        }
    }
}
