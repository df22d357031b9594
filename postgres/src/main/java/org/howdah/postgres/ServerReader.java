package org.howdah.postgres;

import java.util.Optional;

/** Reads the facts of a server over one session, some thirty short queries. */
final class ServerReader {
    private static final String STATEMENTS = "pg_stat_statements";

    private final Session session;
    private final Rights rights;
    private final RateMeter meter;

    private ServerReader(Session session) {
        this.session = session;
        this.rights = session.query(Rights.QUERY).getFirst();
        this.meter = RateMeter.start(session);
    }

    /** Takes the first reading of the rates; {@link #read} takes the last. */
    static ServerReader start(Session session) {
        return new ServerReader(session);
    }

    /**
     * @param hardware what is known of the server's machine
     */
    ServerFacts read(Hardware hardware) {
        return new ServerFacts(
                rights,
                Platform.detect(session),
                hardware,
                session.facts(SettingFact.QUERY),
                session.facts(FileSettingFact.QUERY),
                session.facts(RoleSettingFact.QUERY),
                session.facts(DatabaseStateFact.QUERY),
                session.facts(DatabaseSizeFact.QUERY),
                session.facts(TableIoFact.QUERY),
                watched(ActivityFact.QUERY),
                session.facts(LockWaitFact.QUERY),
                watched(ReplicaFact.QUERY),
                watched(ReceiverFact.QUERY),
                session.facts(SlotFact.QUERY),
                session.facts(PreparedTransactionFact.QUERY),
                session.facts(ArchiverFact.QUERY),
                session.facts(ArchiveQueueFact.QUERY),
                session.facts(WalDirectoryFact.QUERY),
                session.facts(CheckpointFact.QUERY),
                session.facts(WalFact.QUERY),
                watched(VacuumProgressFact.QUERY),
                statements(),
                watched(StatementTotalsFact.QUERY),
                session.facts(RoleFact.QUERY),
                session.facts(PasswordFact.QUERY),
                session.facts(HbaRuleFact.QUERY),
                meter.finish());
    }

    private Facts<StatementFact> statements() {
        Optional<String> version =
                session
                        .query(
                                "SELECT extversion FROM pg_catalog.pg_extension WHERE extname = ?",
                                row -> row.getString(1),
                                STATEMENTS)
                        .stream()
                        .findFirst();
        return version.map(found -> watched(StatementFact.query(found)))
                .orElseGet(() -> missingStatements());
    }

    private static Facts<StatementFact> missingStatements() {
        MissingExtensionException missing = new MissingExtensionException(STATEMENTS);
        return new Facts.Unknown<>(missing.reason(), Optional.of(missing.statement()));
    }

    /** Facts that the server hides, row by row, from a role without {@code pg_read_all_stats}. */
    private <T> Facts<T> watched(Query<T> query) {
        if (rights.readsAllStatistics()) {
            return session.facts(query);
        }
        return new Facts.Unknown<>(
                "the role " + rights.role() + " may not see the sessions and statements of others",
                Optional.of(rights.monitorGrant()));
    }
}
