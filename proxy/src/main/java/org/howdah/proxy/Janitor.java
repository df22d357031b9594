package org.howdah.proxy;

import java.time.Duration;
import org.howdah.transport.EventLoop;

/** Ends what takes too long and keeps the pools at their size. One for each loop, at each interval. */
final class Janitor {

    static final Duration INTERVAL = Duration.ofMillis(200);

    private final ProxyLoop home;
    private final Pools pools;

    Janitor(ProxyLoop home, Pools pools) {
        this.home = home;
        this.pools = pools;
    }

    void sweep() {
        EventLoop loop = home.loop();
        long now = loop.turnNanos();
        for (Server server : home.servers().all()) {
            server.overdue(now);
        }
        for (ServerLogin dial : home.dials().all()) {
            dial.overdue(now);
        }
        for (Pool pool : pools.all()) {
            pool.tend(home, now);
        }
    }
}
