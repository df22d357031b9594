package org.howdah.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures the rates of a server between two readings: the last checkpoint, where it is long enough
 * ago, else the moment of {@link #start}. Says which.
 */
final class RateMeter {
    /** A checkpoint younger than this says too little: its time has whole seconds only. */
    private static final Duration YOUNGEST_CHECKPOINT = Duration.ofSeconds(20);

    /** The shortest time between two readings of our own that still shows a rate. */
    private static final Duration SHORTEST_READING = Duration.ofMillis(500);

    private final Session session;
    private final Optional<CounterFact> firstCounters;
    private final Optional<WalPositionFact> firstPosition;

    private RateMeter(
            Session session,
            Optional<CounterFact> firstCounters,
            Optional<WalPositionFact> firstPosition) {
        this.session = session;
        this.firstCounters = firstCounters;
        this.firstPosition = firstPosition;
    }

    static RateMeter start(Session session) {
        return new RateMeter(
                session,
                only(session.facts(CounterFact.QUERY)),
                only(session.facts(WalPositionFact.QUERY)));
    }

    ServerRates finish() {
        Optional<CounterFact> now = only(session.facts(CounterFact.QUERY));
        if (firstCounters.isEmpty() || now.isEmpty()) {
            return ServerRates.unknown();
        }
        Optional<CounterFact> checkpoint =
                only(session.facts(CounterFact.AT_CHECKPOINT))
                        .filter(at -> isLong(at.readAt(), now.get().readAt()));
        return checkpoint.isPresent()
                ? since(
                        checkpoint.get(),
                        only(session.facts(WalPositionFact.AT_CHECKPOINT)),
                        Rate.Basis.SINCE_CHECKPOINT)
                : sinceStart(now.get());
    }

    private ServerRates sinceStart(CounterFact now) {
        CounterFact first = firstCounters.orElse(now);
        Duration missing = SHORTEST_READING.minus(Duration.between(first.readAt(), now.readAt()));
        if (missing.isPositive()) {
            pause(missing);
        }
        return since(first, firstPosition, Rate.Basis.WHILE_READING);
    }

    /** Here and not by pg_sleep, which would be the slowest of the server's statements. */
    private static void pause(Duration duration) {
        try {
            new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ServerRates since(
            CounterFact first, Optional<WalPositionFact> position, Rate.Basis basis) {
        Optional<CounterFact> last = only(session.facts(CounterFact.QUERY));
        return new ServerRates(
                last.map(now ->
                        rate(first.transactionsUntil(now), first.readAt(), now.readAt(), basis)),
                last.map(now ->
                        rate(first.multixactsUntil(now), first.readAt(), now.readAt(), basis)),
                position.flatMap(from ->
                        only(session.facts(WalPositionFact.QUERY))
                                .map(now ->
                                        rate(
                                                now.end().bytesSince(from.end()),
                                                from.readAt(),
                                                now.readAt(),
                                                basis))));
    }

    private static boolean isLong(Instant from, Instant to) {
        return Duration.between(from, to).compareTo(YOUNGEST_CHECKPOINT) >= 0;
    }

    private static Rate rate(long count, Instant from, Instant to, Rate.Basis basis) {
        Duration over = Duration.between(from, to);
        double seconds = Math.max(over.toNanos() / 1e9, 1e-3);
        return new Rate(Math.max(0, count) / seconds, over, basis);
    }

    private static <T> Optional<T> only(Facts<T> facts) {
        return facts.orNone().stream().findFirst();
    }
}
