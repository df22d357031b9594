package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.StatementException;

/** All guards of a cluster. */
final class Guards {
    private final List<Guard> guards;

    Guards(GuardLimits limits) {
        this.guards =
                List.of(
                        new WindowGuard(limits.windows()),
                        new LoadGuard(limits.maxActiveSessions()),
                        new ReplicaLagGuard(limits.maxReplicaLag(), limits.maxReplicaLagBytes()),
                        new DiskSpaceGuard(limits.freeBytes(), limits.reserveBytes()),
                        new WraparoundGuard(),
                        new IndexBuildGuard(),
                        new OldSnapshotGuard(limits.oldestTransaction()),
                        new WalRateGuard(limits.maxWalBytesPerSecond()));
    }

    List<GuardReading> before(GuardScene scene) {
        return guards.stream().map(guard -> look(guard, scene)).toList();
    }

    List<GuardReading> during(GuardScene scene) {
        return guards.stream()
                .filter(Guard::holdsWhileRunning)
                .map(guard -> look(guard, scene))
                .toList();
    }

    private static GuardReading look(Guard guard, GuardScene scene) {
        try {
            return guard.look(scene);
        } catch (StatementException failure) {
            return guard.unknown("it could not look: " + failure.serverMessage());
        }
    }
}
