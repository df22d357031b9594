package org.howdah.proxy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an administrator may ask a running proxy for, by a signal or on the console. Any thread.
 * Where a database is asked for, no name means all of them.
 */
public final class Control {

    private static final Logger LOG = LoggerFactory.getLogger(Control.class);

    /** How often it is looked whether what is waited for has come. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Proxy proxy;
    private final SettingsSource source;
    private final CountDownLatch ended = new CountDownLatch(1);
    private SettingsBuilder.Built built;
    private boolean ending;

    Control(Proxy proxy, SettingsBuilder.Built built, SettingsSource source) {
        this.proxy = proxy;
        this.built = built;
        this.source = source;
    }

    /** What the proxy runs with. */
    synchronized SettingsBuilder.Built built() {
        return built;
    }

    /**
     * Reads the configuration anew; clients stay.
     *
     * @throws org.howdah.postgres.HowdahException when it is wrong; nothing has changed then
     */
    public synchronized void reload() {
        use(source.reload(built));
        LOG.info("The configuration was read anew.");
    }

    /** Changes one setting until the next reload. */
    synchronized void set(String key, RawValue value) {
        use(source.build(built.raw().with(key, value)));
        LOG.info("{} was set.", key);
    }

    private void use(SettingsBuilder.Built next) {
        next.remarks().forEach(remark -> LOG.warn("{}", remark));
        proxy.reload(next.settings());
        built = next;
    }

    /** No client gets a server connection until {@link #resume}; those that are free close. */
    public void pause() {
        stop(Flow.PAUSED, "");
    }

    /** Ends what {@link #pause} began. */
    public void resume() {
        stop(Flow.OPEN, "");
    }

    /** Stops a database, or lets it run again. */
    void stop(Flow flow, String database) {
        Gate gate = proxy.pools().gate();
        if (database.isEmpty()) {
            gate.all(flow);
            LOG.info("All databases are {}.", word(flow));
        } else {
            gate.own(database, flow);
            LOG.info("Database {} is {}.", Quoted.of(database), word(flow));
        }
        proxy.pools().followGate();
        if (flow == Flow.OPEN) {
            ProxyLoop loop = proxy.loops().getFirst();
            loop.loop().execute(() -> proxy.pools().of(database).forEach(pool -> pool.grow(loop)));
        }
    }

    private static String word(Flow flow) {
        return switch (flow) {
            case OPEN -> "open";
            case PAUSED -> "paused";
            case SUSPENDED -> "suspended";
        };
    }

    /** Drops the clients and the server connections of a database. */
    void kill(String database) {
        for (Client client : proxy.clientTable().all()) {
            if (database.isEmpty() || client.pool().key().database().equals(database)) {
                client.home().loop().execute(() -> client.refuse(Refusal.KILLED));
            }
        }
        for (ProxyLoop home : proxy.loops()) {
            home.loop()
                    .execute(() -> {
                        for (Server server : home.servers().all()) {
                            if (database.isEmpty()
                                    || server.pool().key().database().equals(database)) {
                                server.fail("an administrator has ended it");
                            }
                        }
                    });
        }
    }

    /** Whether a shutdown has begun. */
    synchronized boolean ending() {
        return ending;
    }

    /** Ends the proxy in this way; a second call while it ends, ends it at once. */
    public void shutdown(Shutdown how) {
        boolean again;
        synchronized (this) {
            again = ending;
            ending = true;
        }
        if (again || how == Shutdown.NOW) {
            LOG.info("Shutting down now.");
            ended.countDown();
            return;
        }
        proxy.refuseNewcomers();
        Duration most = proxy.settings().timeouts().drain();
        if (most.isPositive()) {
            proxy.first().after(most, ended::countDown);
        }
        if (how == Shutdown.WAIT_FOR_SERVERS) {
            LOG.info("Shutting down when all server connections are free.");
            pause();
            proxy.pools().all().forEach(pool -> pool.refuseWaiting(Refusal.SHUTDOWN));
            until(() -> proxy.pools().connections("") == 0, ended::countDown);
        } else {
            LOG.info("Shutting down when all clients have left; there are {}.", proxy.clients());
            until(() -> proxy.clients() == 0, ended::countDown);
        }
    }

    /** Runs the action as soon as the condition holds. Both are called by a loop. */
    private void until(BooleanSupplier condition, Runnable action) {
        proxy.first()
                .after(
                        LOOK,
                        () -> {
                            if (condition.getAsBoolean()) {
                                action.run();
                            } else {
                                until(condition, action);
                            }
                        });
    }

    /** Waits until a shutdown has come to its end; then the proxy may be closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }
}
