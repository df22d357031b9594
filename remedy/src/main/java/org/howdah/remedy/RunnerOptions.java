package org.howdah.remedy;

import java.time.Duration;

/**
 * How the runner goes about its work.
 *
 * @param dryRun show what would be run, change nothing
 * @param lockTimeout how long one attempt waits for a lock that others queue behind; at most 1 s
 * @param attempts how often it tries to get such a lock
 * @param backOff the pause after the first attempt; doubled after each, at most 8 s, with jitter
 * @param patience how long it waits for a guard before it gives up on a remedy
 * @param guardPatience how long a guard may stay broken while a remedy runs
 * @param watchInterval the time between two looks of the guards while a remedy runs
 * @param transactionWait how long concurrent index work may wait for others' transactions
 * @param stopGrace how long a remedy may go on after a stop before it is cancelled
 * @param cleaningTime how long taking back a failed remedy's traces may take, each of them
 */
public record RunnerOptions(
        boolean dryRun,
        Duration lockTimeout,
        int attempts,
        Duration backOff,
        Duration patience,
        Duration guardPatience,
        Duration watchInterval,
        Duration transactionWait,
        Duration stopGrace,
        Duration cleaningTime) {
    private static final Duration LONGEST_LOCK_TIMEOUT = Duration.ofSeconds(1);

    public RunnerOptions {
        if (lockTimeout.compareTo(LONGEST_LOCK_TIMEOUT) > 0 || !lockTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "lockTimeout is " + lockTimeout + ", not between 0 and 1 s");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is " + attempts + ", less than 1");
        }
    }

    public static RunnerOptions defaults() {
        return new RunnerOptions(
                false,
                LONGEST_LOCK_TIMEOUT,
                8,
                Duration.ofMillis(500),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3));
    }

    public RunnerOptions withDryRun(boolean dry) {
        return new RunnerOptions(
                dry,
                lockTimeout,
                attempts,
                backOff,
                patience,
                guardPatience,
                watchInterval,
                transactionWait,
                stopGrace,
                cleaningTime);
    }

    public RunnerOptions withLockAttempts(Duration timeout, int times, Duration pause) {
        return new RunnerOptions(
                dryRun,
                timeout,
                times,
                pause,
                patience,
                guardPatience,
                watchInterval,
                transactionWait,
                stopGrace,
                cleaningTime);
    }

    public RunnerOptions withPatience(Duration before, Duration during, Duration interval) {
        return new RunnerOptions(
                dryRun,
                lockTimeout,
                attempts,
                backOff,
                before,
                during,
                interval,
                transactionWait,
                stopGrace,
                cleaningTime);
    }

    public RunnerOptions withTransactionWait(Duration longest) {
        return new RunnerOptions(
                dryRun,
                lockTimeout,
                attempts,
                backOff,
                patience,
                guardPatience,
                watchInterval,
                longest,
                stopGrace,
                cleaningTime);
    }

    public RunnerOptions withStopGrace(Duration grace) {
        return new RunnerOptions(
                dryRun,
                lockTimeout,
                attempts,
                backOff,
                patience,
                guardPatience,
                watchInterval,
                transactionWait,
                grace,
                cleaningTime);
    }
}
