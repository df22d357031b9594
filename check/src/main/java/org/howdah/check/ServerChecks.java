package org.howdah.check;

import java.time.Clock;
import java.util.List;

/**
 * The checks of the whole server: settings, connections, horizon, replication, statements, roles.
 */
final class ServerChecks {
    private ServerChecks() {}

    static List<Check> all() {
        return List.of(
                WraparoundCheck.ofTransactions(),
                WraparoundCheck.ofMultixacts(),
                new HorizonCheck(),
                new ChecksumFailuresCheck(),
                new ReplicasConnectedCheck(),
                new ReplicaLagCheck(),
                new SlotsRetainingCheck(),
                new WalDirectoryCheck(),
                new ArchivingCheck(),
                new BackupMissingCheck(),
                new BlockedSessionsCheck(),
                new IdleInTransactionCheck(),
                new LongTransactionsCheck(),
                new PreparedTransactionsCheck(),
                new DeadlocksCheck(),
                new ConnectionsUsedCheck(),
                new ConnectionsIdleCheck(),
                new ConnectionLimitsCheck(),
                new StatementsMissingCheck(),
                new SlowStatementsCheck(),
                new HeavyStatementsCheck(),
                new TemporaryFilesCheck(),
                new CacheHitCheck(),
                new IndexHitCheck(),
                new CheckpointsRequestedCheck(),
                new SettingsMemoryCheck(),
                new SettingsSharedBuffersCheck(),
                new SettingsDurabilityCheck(),
                new SettingsAutovacuumCheck(),
                new SettingsCheckpointsCheck(),
                new SettingsConnectionsCheck(),
                new SettingsPlannerCheck(),
                new SettingsParallelCheck(),
                new SettingsStandbyCheck(),
                new SettingsTimeoutsCheck(),
                new SettingsLoggingCheck(),
                new SettingsHugePagesCheck(),
                new SettingsOverridesCheck(),
                new SettingsIgnoredCheck(),
                new SettingsFileCheck(),
                new SettingsPendingCheck(),
                new SuperuserLoginsCheck(),
                new WeakPasswordsCheck(),
                new HbaRulesCheck(),
                new ServerVersionCheck(Clock.systemUTC()));
    }
}
