package org.howdah.check;

import java.util.Set;
import org.howdah.postgres.Platform;

/**
 * Settings that exist on a platform without doing anything there, because its storage keeps the log
 * itself.
 *
 * <p>https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 */
final class IgnoredSettings {
    /** The log and its checkpoints belong to the storage. */
    private static final Set<String> LOG_IN_STORAGE =
            Set.of(
                    "archive_command",
                    "archive_library",
                    "archive_mode",
                    "archive_timeout",
                    "bgwriter_delay",
                    "bgwriter_flush_after",
                    "bgwriter_lru_maxpages",
                    "bgwriter_lru_multiplier",
                    "checkpoint_completion_target",
                    "checkpoint_flush_after",
                    "checkpoint_timeout",
                    "checkpoint_warning",
                    "data_checksums",
                    "fsync",
                    "full_page_writes",
                    "hot_standby_feedback",
                    "max_wal_size",
                    "min_wal_size",
                    "wal_buffers",
                    "wal_compression",
                    "wal_init_zero",
                    "wal_keep_size",
                    "wal_level",
                    "wal_recycle",
                    "wal_sync_method",
                    "wal_writer_delay",
                    "wal_writer_flush_after");

    private IgnoredSettings() {}

    static Set<String> on(Platform platform) {
        return platform.hasOwnStorage() ? LOG_IN_STORAGE : Set.of();
    }
}
