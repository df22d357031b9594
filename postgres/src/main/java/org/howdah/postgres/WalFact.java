package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * WAL written since its statistics were reset.
 *
 * @param fullPageImages whole pages that were written because they changed first after a checkpoint
 * @param buffersFull how often WAL had to be written because {@code wal_buffers} was full
 */
public record WalFact(
        long records,
        long fullPageImages,
        long bytes,
        long buffersFull,
        Optional<Duration> sinceReset) {

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-WAL-VIEW
    public static final Query<WalFact> QUERY =
            Query.of(
                    WalFact.class,
                    """
                    SELECT wal_records AS records, wal_fpi AS full_page_images, wal_bytes::int8 AS bytes,
                           wal_buffers_full AS buffers_full,
                           extract(epoch FROM clock_timestamp() - stats_reset) AS since_reset
                      FROM pg_catalog.pg_stat_wal
                    """);
}
