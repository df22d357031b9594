package org.howdah.postgres;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of the configuration files as they are now, in the order in which they are read.
 *
 * @param applied whether it is (or would be after a restart) the one in force; false for a line
 *     that a later one overrides
 * @param error why it cannot be applied; a change that awaits a restart is one too
 */
public record FileSettingFact(
        Optional<String> file,
        OptionalLong line,
        Optional<String> name,
        Optional<String> value,
        boolean applied,
        Optional<String> error) {

    // https://www.postgresql.org/docs/current/view-pg-file-settings.html
    public static final Query<FileSettingFact> QUERY =
            Query.of(
                            FileSettingFact.class,
                            """
                            SELECT sourcefile AS file, sourceline AS line, name, setting AS value, applied, error
                              FROM pg_catalog.pg_file_settings
                             ORDER BY seqno
                            """)
                    .needing(
                            "GRANT SELECT ON pg_catalog.pg_file_settings TO {role};"
                                    + " GRANT EXECUTE ON FUNCTION pg_catalog.pg_show_all_file_settings() TO {role}");

    /** Whether ALTER SYSTEM wrote it. */
    public boolean byAlterSystem() {
        return file.map(path -> path.endsWith("/postgresql.auto.conf")).orElse(false);
    }
}
