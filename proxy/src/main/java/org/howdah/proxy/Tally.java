package org.howdah.proxy;

/**
 * What a pool has done on one loop. The loop's thread writes it; others ask that thread to {@link
 * #add} it to theirs. What counts as what follows PgBouncer's SHOW STATS.
 */
final class Tally {

    long transactions;
    long queries;

    /** Bytes from clients, and to clients. */
    long received;

    long sent;
    long transactionNanos;
    long queryNanos;
    long waitNanos;

    /** How often a client got a server connection. */
    long assignments;

    /** Named statements that clients parsed, that we parsed on servers, and their Binds. */
    long clientParses;

    long serverParses;
    long binds;

    /** Statements closed on a server to make room for others. */
    long evictions;

    long logins;
    final Histogram waits = new Histogram();

    /** From the first message to a server to its ReadyForQuery. */
    final Histogram serverTimes = new Histogram();

    /** The same with the time before it in which the client waited for the server connection. */
    final Histogram totalTimes = new Histogram();

    void add(Tally other) {
        transactions += other.transactions;
        queries += other.queries;
        received += other.received;
        sent += other.sent;
        transactionNanos += other.transactionNanos;
        queryNanos += other.queryNanos;
        waitNanos += other.waitNanos;
        assignments += other.assignments;
        clientParses += other.clientParses;
        serverParses += other.serverParses;
        binds += other.binds;
        evictions += other.evictions;
        logins += other.logins;
        waits.add(other.waits);
        serverTimes.add(other.serverTimes);
        totalTimes.add(other.totalTimes);
    }

    /** A client has got a server connection. */
    void assigned(long waited) {
        assignments++;
        waitNanos += waited;
        waits.record(waited);
    }

    /**
     * A server has answered a query.
     *
     * @param waited how long the client had waited before, if this was its first
     */
    void answered(long nanos, long waited) {
        queries++;
        queryNanos += nanos;
        serverTimes.record(nanos);
        totalTimes.record(nanos + waited);
    }

    void transactionEnded(long nanos) {
        transactions++;
        transactionNanos += nanos;
    }
}
