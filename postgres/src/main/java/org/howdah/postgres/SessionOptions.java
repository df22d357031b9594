package org.howdah.postgres;

import java.time.Duration;

/**
 * The limits under which a session works on a user's server.
 *
 * @param room the room that asks; {@code application_name} becomes {@code howdah/<room>}
 * @param readOnly whether {@code default_transaction_read_only} is on
 * @param statementTimeout zero for none: only under a watchdog of the caller's
 * @param lockTimeout zero for none: only for statements that must wait for snapshots (concurrent
 *     index builds)
 * @param idleInTransactionTimeout ends the session when a transaction of it sleeps longer
 */
public record SessionOptions(
        String room,
        boolean readOnly,
        Duration statementTimeout,
        Duration lockTimeout,
        Duration idleInTransactionTimeout) {

    /** For reading facts: 5 s a statement, 100 ms a lock. */
    public static SessionOptions reading(String room) {
        return new SessionOptions(
                room, true, Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    /** For remedies that take a strong lock: 1 s an attempt. */
    public static SessionOptions changing(String room) {
        return new SessionOptions(
                room, false, Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /**
     * For VACUUM, ANALYZE and concurrent index work, which the caller watches and cancels itself.
     */
    public static SessionOptions watched(String room) {
        return new SessionOptions(
                room, false, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30));
    }

    public SessionOptions withStatementTimeout(Duration timeout) {
        return new SessionOptions(room, readOnly, timeout, lockTimeout, idleInTransactionTimeout);
    }

    public SessionOptions withLockTimeout(Duration timeout) {
        return new SessionOptions(
                room, readOnly, statementTimeout, timeout, idleInTransactionTimeout);
    }
}
