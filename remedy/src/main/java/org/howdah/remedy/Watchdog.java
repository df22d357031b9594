package org.howdah.remedy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.howdah.postgres.HowdahException;

/**
 * Watches one long statement, which has no timeouts of its own: cancels it after a stop, when the
 * guards no longer hold, and when it waits too long for others. Used by the runner's thread.
 */
final class Watchdog {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration CANCEL_AGAIN = Duration.ofSeconds(1);

    private final Conduct conduct;
    private final BackendWatch backend;
    private final RunningStatement statement;
    private final Optional<Duration> limit;

    private final long started = System.nanoTime();
    private long lastLook = started;
    private long lastGuards = started;
    private long lastCancel;
    private long stoppedSince;
    private long brokenSince;
    private long waitingSince;
    private Duration waited = Duration.ZERO;
    private Optional<RemedyEnded> verdict = Optional.empty();

    /**
     * @param limit how long it may take, where it is cleaning: stop and guards do not count then
     */
    Watchdog(
            Conduct conduct,
            BackendWatch backend,
            RunningStatement statement,
            Optional<Duration> limit) {
        this.conduct = conduct;
        this.backend = backend;
        this.statement = statement;
        this.limit = limit;
    }

    /** One look; cancels the statement once there is a reason. */
    void look() {
        long now = System.nanoTime();
        if (verdict.isEmpty()) {
            verdict = limit.isPresent() ? beyondLimit(now) : stopped(now);
        }
        if (verdict.isEmpty() && now - lastLook >= LOOK.toNanos()) {
            verdict = backendTrouble(now);
            lastLook = now;
        }
        if (verdict.isEmpty()
                && limit.isEmpty()
                && now - lastGuards >= conduct.options().watchInterval().toNanos()) {
            verdict = guardTrouble(now);
            lastGuards = now;
        }
        if (verdict.isPresent()
                && (lastCancel == 0 || now - lastCancel >= CANCEL_AGAIN.toNanos())) {
            lastCancel = now;
            cancel();
        }
    }

    /** Why the statement was cancelled. */
    Optional<RemedyEnded> verdict() {
        return verdict;
    }

    /** How long it waited for locks, as far as the looks saw. */
    Duration waited() {
        return waited;
    }

    private void cancel() {
        try {
            statement.cancel();
        } catch (HowdahException unreachable) {
            // The next look tries again; a broken connection ends the statement by itself.
            lastCancel = System.nanoTime();
        }
    }

    private Optional<RemedyEnded> beyondLimit(long now) {
        return limit.filter(longest -> now - started > longest.toNanos())
                .map(longest ->
                        new RemedyEnded(
                                RemedyState.FAILED,
                                "it took longer than " + longest.toSeconds() + " s"));
    }

    private Optional<RemedyEnded> stopped(long now) {
        if (!conduct.stop().isStopped()) {
            return Optional.empty();
        }
        if (stoppedSince == 0) {
            stoppedSince = now;
        }
        return now - stoppedSince >= conduct.options().stopGrace().toNanos()
                ? Optional.of(new RemedyEnded(RemedyState.INTERRUPTED, "stopped while it ran"))
                : Optional.empty();
    }

    private Optional<RemedyEnded> backendTrouble(long now) {
        try {
            backend.progress()
                    .ifPresent(seen -> conduct.listener().progress(seen.phase(), seen.share()));
            return lockTrouble(now, backend.activity());
        } catch (HowdahException unseen) {
            // Whoever watches may fail without ending what is watched.
            return Optional.empty();
        }
    }

    private Optional<RemedyEnded> lockTrouble(long now, BackendWatch.Activity activity) {
        if (activity.waitsFor().isEmpty()) {
            waitingSince = 0;
            return Optional.empty();
        }
        waited = waited.plusNanos(now - lastLook);
        if (waitingSince == 0) {
            waitingSince = now;
            conduct.listener().waiting("waiting for " + backend.culprits(activity.blockedBy()));
        }
        // Others queue behind a wait for a table's lock; nobody behind a wait for a snapshot.
        boolean table = activity.waitsFor().get().equals("relation");
        Duration longest =
                table ? conduct.options().lockTimeout() : conduct.options().transactionWait();
        if (now - waitingSince < longest.toNanos()) {
            return Optional.empty();
        }
        return Optional.of(
                new RemedyEnded(
                        RemedyState.REFUSED,
                        "it waited longer than %.0f s for %s"
                                .formatted(
                                        longest.toMillis() / 1e3,
                                        backend.culprits(activity.blockedBy()))));
    }

    private Optional<RemedyEnded> guardTrouble(long now) {
        List<GuardReading> broken = conduct.broken().get();
        if (broken.isEmpty()) {
            brokenSince = 0;
            return Optional.empty();
        }
        if (brokenSince == 0) {
            brokenSince = now;
        }
        String sentences =
                broken.stream().map(GuardReading::toString).collect(Collectors.joining("; "));
        conduct.listener().waiting(sentences);
        return now - brokenSince >= conduct.options().guardPatience().toNanos()
                ? Optional.of(
                        new RemedyEnded(
                                RemedyState.REFUSED, "a guard broke while it ran: " + sentences))
                : Optional.empty();
    }
}
