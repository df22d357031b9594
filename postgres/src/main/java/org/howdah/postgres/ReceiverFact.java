package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A standby's own view of its replication: one row on a standby, none on a writer.
 *
 * @param status {@code streaming} ...; none where no receiver runs, so that nothing arrives
 * @param senderHost where it streams from
 * @param replayBytes received and not yet replayed
 * @param sinceReplay time since the commit of the last replayed transaction, which grows on an idle
 *     writer too
 * @param sinceMessage time since anything came from the sender
 */
public record ReceiverFact(
        Optional<String> status,
        Optional<String> senderHost,
        Optional<String> slot,
        Optional<Lsn> receivedLsn,
        Optional<Lsn> replayedLsn,
        OptionalLong replayBytes,
        boolean replayPaused,
        Optional<Duration> sinceReplay,
        Optional<Duration> sinceMessage) {

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-WAL-RECEIVER-VIEW
    public static final Query<ReceiverFact> QUERY =
            Query.of(
                    ReceiverFact.class,
                    """
                    SELECT r.status, r.sender_host, r.slot_name AS slot,
                           pg_last_wal_receive_lsn() AS received_lsn,
                           pg_last_wal_replay_lsn() AS replayed_lsn,
                           greatest(pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), 0)::int8
                               AS replay_bytes,
                           CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE false END
                               AS replay_paused,
                           extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) AS since_replay,
                           extract(epoch FROM clock_timestamp() - r.last_msg_receipt_time) AS since_message
                      FROM (VALUES (1)) AS always (one)
                      LEFT JOIN pg_catalog.pg_stat_wal_receiver r ON true
                     WHERE pg_is_in_recovery()
                    """);
}
