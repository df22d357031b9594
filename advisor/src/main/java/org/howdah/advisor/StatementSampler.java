package org.howdah.advisor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;

/**
 * Looks again and again at what the sessions of a database run, on a virtual thread with a session
 * of its own, until it is closed. Slow statements are there to be seen; quick ones are caught as
 * the last statement of an idle session.
 */
public final class StatementSampler implements AutoCloseable {
    /** 20 looks a second cost the server about 1 % of a core. */
    public static final Duration INTERVAL = Duration.ofMillis(50);

    private final AtomicReference<StatementSamples> samples =
            new AtomicReference<>(StatementSamples.none());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private StatementSampler(Dsn dsn, Duration interval) {
        Session session = Session.open(dsn, SessionOptions.reading("advisor"));
        this.thread =
                Thread.ofVirtual().name("statement-sampler").start(() -> run(session, interval));
    }

    public static StatementSampler start(Dsn dsn) {
        return start(dsn, INTERVAL);
    }

    public static StatementSampler start(Dsn dsn, Duration interval) {
        return new StatementSampler(dsn, interval);
    }

    private void run(Session session, Duration interval) {
        try (session) {
            do {
                StatementSamples seen = StatementSamples.read(session);
                samples.updateAndGet(before -> before.and(seen));
            } while (!closing.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (HowdahException lost) {
            // The server went away; what was seen so far is still true.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What has been seen so far. */
    public StatementSamples samples() {
        return samples.get();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
