package org.howdah.postgres;

import java.time.Instant;

/** Where the log of the server ends; on a standby, what it has received. */
record WalPositionFact(Instant readAt, Lsn end) {

    // https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-BACKUP
    static final Query<WalPositionFact> QUERY =
            Query.of(
                    WalPositionFact.class,
                    """
                    SELECT clock_timestamp() AS read_at,
                           CASE WHEN pg_is_in_recovery()
                                THEN coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                                ELSE pg_current_wal_lsn() END AS end
                    """);

    static final Query<WalPositionFact> AT_CHECKPOINT =
            Query.of(
                    WalPositionFact.class,
                    """
                    SELECT checkpoint_time AS read_at, redo_lsn AS end
                      FROM pg_catalog.pg_control_checkpoint()
                    """);
}
