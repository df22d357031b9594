package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A receiver of this node's WAL, as the sender sees it.
 *
 * @param state {@code streaming}, {@code catchup}, {@code backup} ...
 * @param syncState {@code async}, {@code sync}, {@code quorum}, {@code potential}
 * @param slot the replication slot that it uses
 * @param unsentBytes written here and not yet sent
 * @param shippingBytes written here and not yet safe on the receiver's disk: unsent, under way or
 *     unflushed
 * @param replayBytes safe on the receiver's disk and not yet visible to its readers
 * @param flushLag time that recent WAL took to be safe on the receiver's disk; none where nothing
 *     was sent lately
 * @param replayLag the same until it was visible there
 * @param xminAge transactions since the oldest that the receiver's queries still see ({@code
 *     hot_standby_feedback}, without a slot)
 */
public record ReplicaFact(
        int pid,
        Optional<String> role,
        String application,
        Optional<String> clientAddress,
        String state,
        Optional<String> syncState,
        Optional<String> slot,
        Optional<Lsn> flushedLsn,
        Optional<Lsn> replayedLsn,
        OptionalLong unsentBytes,
        OptionalLong shippingBytes,
        OptionalLong replayBytes,
        Optional<Duration> writeLag,
        Optional<Duration> flushLag,
        Optional<Duration> replayLag,
        OptionalLong xminAge) {

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW
    // A cascading standby writes no WAL: what it has received stands for the end of its log.
    public static final Query<ReplicaFact> QUERY =
            Query.of(
                    ReplicaFact.class,
                    """
                    SELECT r.pid, r.usename AS role, coalesce(r.application_name, '') AS application,
                           host(r.client_addr) AS client_address, coalesce(r.state, 'unknown') AS state,
                           r.sync_state, s.slot_name AS slot,
                           r.flush_lsn AS flushed_lsn, r.replay_lsn AS replayed_lsn,
                           greatest(pg_wal_lsn_diff(here.lsn, r.sent_lsn), 0)::int8 AS unsent_bytes,
                           greatest(pg_wal_lsn_diff(here.lsn, r.flush_lsn), 0)::int8 AS shipping_bytes,
                           greatest(pg_wal_lsn_diff(r.flush_lsn, r.replay_lsn), 0)::int8 AS replay_bytes,
                           extract(epoch FROM r.write_lag) AS write_lag,
                           extract(epoch FROM r.flush_lag) AS flush_lag,
                           extract(epoch FROM r.replay_lag) AS replay_lag,
                           age(r.backend_xmin) AS xmin_age
                      FROM pg_catalog.pg_stat_replication r
                     CROSS JOIN (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                                             ELSE pg_current_wal_lsn() END AS lsn) here
                      LEFT JOIN pg_catalog.pg_replication_slots s ON s.active_pid = r.pid
                     ORDER BY r.pid
                    """);
}
