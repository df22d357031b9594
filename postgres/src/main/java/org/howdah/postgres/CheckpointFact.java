package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Checkpoints and the background writer since their statistics were reset; buffers are pages of 8
 * kB.
 *
 * @param timed started because {@code checkpoint_timeout} had passed
 * @param requested started because of {@code max_wal_size} or by command
 * @param writeTime time spent on writing, of all checkpoints together
 * @param cleanedBuffers written by the background writer
 * @param cleaningStopped how often the background writer stopped at {@code bgwriter_lru_maxpages}
 * @param backendBuffers written by sessions themselves; not counted here from PostgreSQL 17 on
 */
public record CheckpointFact(
        long timed,
        long requested,
        Duration writeTime,
        Duration syncTime,
        long writtenBuffers,
        long cleanedBuffers,
        long cleaningStopped,
        OptionalLong backendBuffers,
        long allocatedBuffers,
        Optional<Duration> sinceReset) {

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-CHECKPOINTER-VIEW
    public static final Query<CheckpointFact> QUERY =
            Query.of(
                            CheckpointFact.class,
                            """
                            SELECT checkpoints_timed AS timed, checkpoints_req AS requested,
                                   checkpoint_write_time / 1000 AS write_time,
                                   checkpoint_sync_time / 1000 AS sync_time,
                                   buffers_checkpoint AS written_buffers, buffers_clean AS cleaned_buffers,
                                   maxwritten_clean AS cleaning_stopped, buffers_backend AS backend_buffers,
                                   buffers_alloc AS allocated_buffers,
                                   extract(epoch FROM clock_timestamp() - stats_reset) AS since_reset
                              FROM pg_catalog.pg_stat_bgwriter
                            """)
                    .from(
                            17,
                            """
                            SELECT c.num_timed AS timed, c.num_requested AS requested,
                                   c.write_time / 1000 AS write_time, c.sync_time / 1000 AS sync_time,
                                   c.buffers_written AS written_buffers, b.buffers_clean AS cleaned_buffers,
                                   b.maxwritten_clean AS cleaning_stopped, NULL::int8 AS backend_buffers,
                                   b.buffers_alloc AS allocated_buffers,
                                   extract(epoch FROM clock_timestamp() - c.stats_reset) AS since_reset
                              FROM pg_catalog.pg_stat_checkpointer c
                             CROSS JOIN pg_catalog.pg_stat_bgwriter b
                            """);
}
