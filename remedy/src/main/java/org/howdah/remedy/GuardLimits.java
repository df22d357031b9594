package org.howdah.remedy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Within which limits remedies may run on a cluster.
 *
 * @param windows when; empty for always
 * @param maxActiveSessions the most sessions that may be busy; none for four fifths of {@code
 *     max_connections}
 * @param maxReplicaLag how far the slowest reader may be behind in time
 * @param maxReplicaLagBytes and in bytes of WAL; a reader whose replay stands still shows only here
 * @param freeBytes the free space of the server's disk, where its owner says it; none to look for
 *     it where the server is on this machine
 * @param reserveBytes what must stay free beyond what a remedy needs
 * @param oldestTransaction concurrent index work waits for all older transactions: none may be
 *     older than this when it begins
 * @param maxWalBytesPerSecond how fast WAL may be written; none for no limit
 */
public record GuardLimits(
        List<TimeWindow> windows,
        OptionalInt maxActiveSessions,
        Duration maxReplicaLag,
        long maxReplicaLagBytes,
        OptionalLong freeBytes,
        long reserveBytes,
        Duration oldestTransaction,
        OptionalLong maxWalBytesPerSecond) {
    private static final Duration LAG = Duration.ofSeconds(30);
    private static final long LAG_BYTES = 1L << 30;
    private static final long RESERVE_BYTES = 1L << 30;
    private static final Duration OLDEST = Duration.ofMinutes(1);

    public GuardLimits {
        windows = List.copyOf(windows);
    }

    /**
     * Any time; 30 s or 1 GiB of lag; 1 GiB to stay free; no transaction older than a minute before
     * concurrent index work.
     */
    public static GuardLimits defaults() {
        return new GuardLimits(
                List.of(),
                OptionalInt.empty(),
                LAG,
                LAG_BYTES,
                OptionalLong.empty(),
                RESERVE_BYTES,
                OLDEST,
                OptionalLong.empty());
    }

    public GuardLimits withWindows(List<TimeWindow> allowed) {
        return new GuardLimits(
                allowed,
                maxActiveSessions,
                maxReplicaLag,
                maxReplicaLagBytes,
                freeBytes,
                reserveBytes,
                oldestTransaction,
                maxWalBytesPerSecond);
    }

    public GuardLimits withMaxActiveSessions(int sessions) {
        return new GuardLimits(
                windows,
                OptionalInt.of(sessions),
                maxReplicaLag,
                maxReplicaLagBytes,
                freeBytes,
                reserveBytes,
                oldestTransaction,
                maxWalBytesPerSecond);
    }

    public GuardLimits withMaxReplicaLag(Duration time, long bytes) {
        return new GuardLimits(
                windows,
                maxActiveSessions,
                time,
                bytes,
                freeBytes,
                reserveBytes,
                oldestTransaction,
                maxWalBytesPerSecond);
    }

    public GuardLimits withDisk(OptionalLong free, long reserve) {
        return new GuardLimits(
                windows,
                maxActiveSessions,
                maxReplicaLag,
                maxReplicaLagBytes,
                free,
                reserve,
                oldestTransaction,
                maxWalBytesPerSecond);
    }

    public GuardLimits withOldestTransaction(Duration age) {
        return new GuardLimits(
                windows,
                maxActiveSessions,
                maxReplicaLag,
                maxReplicaLagBytes,
                freeBytes,
                reserveBytes,
                age,
                maxWalBytesPerSecond);
    }

    public GuardLimits withMaxWalBytesPerSecond(long bytes) {
        return new GuardLimits(
                windows,
                maxActiveSessions,
                maxReplicaLag,
                maxReplicaLagBytes,
                freeBytes,
                reserveBytes,
                oldestTransaction,
                OptionalLong.of(bytes));
    }
}
