package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * What the WAL archiver did since its statistics were reset.
 *
 * @param sinceArchived time since the last success
 * @param sinceFailed time since the last failure
 */
public record ArchiverFact(
        long archived,
        Optional<String> lastArchived,
        Optional<Duration> sinceArchived,
        long failed,
        Optional<String> lastFailed,
        Optional<Duration> sinceFailed) {

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ARCHIVER-VIEW
    public static final Query<ArchiverFact> QUERY =
            Query.of(
                    ArchiverFact.class,
                    """
                    SELECT archived_count AS archived, last_archived_wal AS last_archived,
                           extract(epoch FROM clock_timestamp() - last_archived_time) AS since_archived,
                           failed_count AS failed, last_failed_wal AS last_failed,
                           extract(epoch FROM clock_timestamp() - last_failed_time) AS since_failed
                      FROM pg_catalog.pg_stat_archiver
                    """);

    /** Whether the last attempt was a failure. */
    public boolean isFailing() {
        return sinceFailed
                .map(failedAgo ->
                        sinceArchived.map(ago -> failedAgo.compareTo(ago) < 0).orElse(true))
                .orElse(false);
    }
}
