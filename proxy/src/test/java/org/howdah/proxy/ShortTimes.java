package org.howdah.proxy;

import java.time.Duration;

/** Short time limits for tests. */
record ShortTimes(Duration queryWait, Duration query, Duration checkDelay) {

    /** What is not named here is for servers: a login may take a second, the pause is short. */
    Timeouts in(Timeouts times) {
        return new Timeouts(
                times.clientLogin(),
                times.clientIdle(),
                queryWait,
                times.queryWaitNotify(),
                query,
                times.transaction(),
                times.idleTransaction(),
                Duration.ofSeconds(1),
                Duration.ofMillis(100),
                times.serverLifetime(),
                times.serverIdle(),
                checkDelay,
                times.cancelWait(),
                times.anyDatabaseIdle(),
                times.poolIdle(),
                times.hostLookup(),
                times.drain());
    }
}
