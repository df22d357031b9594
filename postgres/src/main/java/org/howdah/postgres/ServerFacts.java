package org.howdah.postgres;

/**
 * What is true of the whole server. What the session's role may not see in full is unknown, never
 * partly known.
 *
 * @param hardware as given or found on this machine; SQL does not show it
 * @param fileSettings the lines of the configuration files
 * @param roleSettings settings of roles and databases
 * @param databaseSizes of those that may be looked at
 * @param tableIo of the database that was read
 * @param receiver one row on a standby, none on a writer
 * @param archiveQueue WAL files that wait for the archiver
 */
public record ServerFacts(
        Rights rights,
        Platform platform,
        Hardware hardware,
        Facts<SettingFact> settings,
        Facts<FileSettingFact> fileSettings,
        Facts<RoleSettingFact> roleSettings,
        Facts<DatabaseStateFact> databases,
        Facts<DatabaseSizeFact> databaseSizes,
        Facts<TableIoFact> tableIo,
        Facts<ActivityFact> activity,
        Facts<LockWaitFact> lockWaits,
        Facts<ReplicaFact> replicas,
        Facts<ReceiverFact> receiver,
        Facts<SlotFact> slots,
        Facts<PreparedTransactionFact> preparedTransactions,
        Facts<ArchiverFact> archiver,
        Facts<ArchiveQueueFact> archiveQueue,
        Facts<WalDirectoryFact> walDirectory,
        Facts<CheckpointFact> checkpoints,
        Facts<WalFact> wal,
        Facts<VacuumProgressFact> vacuums,
        Facts<StatementFact> statements,
        Facts<StatementTotalsFact> statementTotals,
        Facts<RoleFact> roles,
        Facts<PasswordFact> passwords,
        Facts<HbaRuleFact> hbaRules,
        ServerRates rates) {}
