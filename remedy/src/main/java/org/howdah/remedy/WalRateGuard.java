package org.howdah.remedy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.howdah.postgres.Lsn;

/**
 * Not while WAL is written faster than the archive and the readers can take. The rate is that
 * between two looks; before a remedy it looks twice. Used by one runner at a time.
 */
final class WalRateGuard implements Guard {
    private static final Duration APART = Duration.ofMillis(300);

    private record Look(Lsn position, long nanos) {}

    private final OptionalLong maxBytesPerSecond;
    private Optional<Look> last = Optional.empty();

    WalRateGuard(OptionalLong maxBytesPerSecond) {
        this.maxBytesPerSecond = maxBytesPerSecond;
    }

    @Override
    public String name() {
        return "wal-rate";
    }

    @Override
    public GuardReading look(GuardScene scene) {
        if (maxBytesPerSecond.isEmpty()) {
            return pass("the rate of WAL is not limited");
        }
        Look before = last.filter(look -> age(look).toSeconds() < 60).orElseGet(() -> read(scene));
        if (age(before).compareTo(APART) < 0) {
            StopSignal.pause(APART);
        }
        Look now = read(scene);
        last = Optional.of(now);
        double rate =
                now.position().bytesSince(before.position())
                        * 1e9
                        / Math.max(1, now.nanos() - before.nanos());
        String sentence =
                "%,.0f bytes of WAL are written a second, at most %,d may be"
                        .formatted(rate, maxBytesPerSecond.getAsLong());
        return rate > maxBytesPerSecond.getAsLong() ? later(sentence) : pass(sentence);
    }

    private static Duration age(Look look) {
        return Duration.ofNanos(System.nanoTime() - look.nanos());
    }

    private static Look read(GuardScene scene) {
        Lsn position =
                Lsn.parse(
                        scene.session()
                                .one(
                                        "SELECT pg_catalog.pg_current_wal_lsn()::text",
                                        row -> row.getString(1)));
        return new Look(position, System.nanoTime());
    }

    @Override
    public boolean holdsWhileRunning() {
        return true;
    }
}
