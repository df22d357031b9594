package org.howdah.proxy;

/**
 * What is known of the statements with one fingerprint in one database, on one loop. Written by the
 * loop; a copy is given to others.
 */
final class StatementRecord {

    private final String database;
    private final long fingerprint;
    private final String text;

    /** How often it may have run before it was counted, at most. */
    private final long missed;

    private long calls;
    private long nanos;
    private long waitNanos;
    private long mostNanos;
    private boolean gone;

    StatementRecord(String database, long fingerprint, String text, long missed) {
        this.database = database;
        this.fingerprint = fingerprint;
        this.text = text;
        this.missed = missed;
    }

    void ran(long took, long waited) {
        calls++;
        nanos += took;
        waitNanos += waited;
        mostNanos = Math.max(mostNanos, took);
    }

    void add(StatementRecord other) {
        calls += other.calls;
        nanos += other.nanos;
        waitNanos += other.waitNanos;
        mostNanos = Math.max(mostNanos, other.mostNanos);
    }

    StatementRecord copy() {
        StatementRecord copy = new StatementRecord(database, fingerprint, text, missed);
        copy.add(this);
        return copy;
    }

    /** It has given way to another. */
    void leave() {
        gone = true;
    }

    boolean gone() {
        return gone;
    }

    String database() {
        return database;
    }

    long fingerprint() {
        return fingerprint;
    }

    /** In 16 hexadecimal digits. */
    String hex() {
        return String.format("%016x", fingerprint);
    }

    /** Without any constant. */
    String text() {
        return text;
    }

    long calls() {
        return calls;
    }

    /** The rank of space saving: never less than how often it ran. */
    long weight() {
        return calls + missed;
    }

    /** Time that servers took. */
    long nanos() {
        return nanos;
    }

    long waitNanos() {
        return waitNanos;
    }

    long mostNanos() {
        return mostNanos;
    }
}
