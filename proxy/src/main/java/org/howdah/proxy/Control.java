package org.howdah.proxy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an administrator may ask a running proxy for, by a signal or on the console. Any thread;
 * what takes its time is answered later.
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
    }

    private void use(SettingsBuilder.Built next) {
        next.remarks().forEach(remark -> LOG.warn("{}", remark));
        built = next;
        proxy.reload(next.settings());
    }

    /** No database gets a server connection until {@link #resume}; those that are free close. */
    public void pause() {
        LOG.info("Paused: clients wait until RESUME.");
        proxy.pools().all().forEach(Pool::pause);
    }

    /** Ends what {@link #pause} began. */
    public void resume() {
        LOG.info("Resumed.");
        ProxyLoop loop = proxy.loops().getFirst();
        for (Pool pool : proxy.pools().all()) {
            pool.resume();
            loop.loop().execute(() -> pool.grow(loop));
        }
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
            until(() -> proxy.pools().connections() == 0, ended::countDown);
        } else {
            LOG.info("Shutting down when all clients have left; there are {}.", proxy.clients());
            until(() -> proxy.clients() == 0, ended::countDown);
        }
    }

    /** Runs the action as soon as the condition holds. Both are called by a loop. */
    void until(BooleanSupplier condition, Runnable action) {
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
