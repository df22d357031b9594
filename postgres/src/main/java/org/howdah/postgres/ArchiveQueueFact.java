package org.howdah.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * WAL files that wait to be archived.
 *
 * @param oldest how long the oldest has waited
 */
public record ArchiveQueueFact(long files, Optional<Duration> oldest) {

    // https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-GENFILE
    public static final Query<ArchiveQueueFact> QUERY =
            Query.of(
                            ArchiveQueueFact.class,
                            """
                            SELECT count(*) AS files,
                                   extract(epoch FROM clock_timestamp() - min(modification)) AS oldest
                              FROM pg_catalog.pg_ls_archive_statusdir()
                             WHERE name LIKE '%.ready'
                            """)
                    .needing("GRANT pg_monitor TO {role}");
}
