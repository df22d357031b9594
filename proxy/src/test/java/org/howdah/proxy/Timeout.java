package org.howdah.proxy;

import java.time.Duration;

/** Changes single times in tests. */
final class Timeout {

    private Timeout() {}

    /** How long clients may take to log in. */
    static Timeouts login(Timeouts old, Duration login) {
        return new Timeouts(
                login,
                old.clientIdle(),
                old.queryWait(),
                old.queryWaitNotify(),
                old.query(),
                old.transaction(),
                old.idleTransaction(),
                old.serverConnect(),
                old.serverLoginRetry(),
                old.serverLifetime(),
                old.serverIdle(),
                old.serverCheckDelay(),
                old.cancelWait(),
                old.anyDatabaseIdle(),
                old.poolIdle(),
                old.hostLookup(),
                old.drain());
    }
}
