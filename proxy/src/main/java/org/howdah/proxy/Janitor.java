package org.howdah.proxy;

import java.time.Duration;
import java.util.function.Supplier;
import org.howdah.transport.EventLoop;

/**
 * Ends what takes too long and keeps the pools at their size. One for each loop, at each interval.
 */
final class Janitor {

    static final Duration INTERVAL = Duration.ofMillis(200);

    /** Idle clients are looked at one part of the table at a time; so often until all were. */
    private static final int PARTS = 16;

    private final ProxyLoop home;
    private final Pools pools;
    private final Supplier<Timeouts> times;
    private int part;

    Janitor(ProxyLoop home, Pools pools, Supplier<Timeouts> times) {
        this.home = home;
        this.pools = pools;
        this.times = times;
    }

    void sweep() {
        EventLoop loop = home.loop();
        long now = loop.turnNanos();
        for (Server server : home.servers().all()) {
            Overdue.end(server, now);
        }
        for (ServerLogin dial : home.dials().all()) {
            dial.overdue(now);
        }
        Duration login = times.get().clientLogin();
        for (Newcomer newcomer : home.logins().all()) {
            if (login.isPositive() && now - newcomer.since() > login.toNanos()) {
                newcomer.refuse(Refusal.LOGIN_TIMEOUT);
            }
        }
        home.clients().forEach(part, PARTS, client -> idle(client, now));
        part = (part + 1) % PARTS;
        home.statements().refill();
        for (Pool pool : pools.all()) {
            pool.tend(home, now);
        }
    }

    private void idle(Client client, long now) {
        Duration most = client.pool().terms().times().clientIdle();
        if (client.home() == home
                && most.isPositive()
                && client.open()
                && !client.waiting()
                && client.server() == null
                && now - client.since() > most.toNanos()) {
            client.refuse(Refusal.CLIENT_IDLE);
        }
    }
}
