package org.howdah.postgres;

import java.util.Optional;

/**
 * An extension of this database.
 *
 * @param availableVersion what the files on the server would give by {@code ALTER EXTENSION ...
 *     UPDATE}; none where the files are gone
 */
public record ExtensionFact(
        String name, String schema, String version, Optional<String> availableVersion) {
    // https://www.postgresql.org/docs/current/view-pg-available-extensions.html
    static final Query<ExtensionFact> QUERY =
            Query.of(
                    ExtensionFact.class,
                    """
                    SELECT e.extname AS name, n.nspname AS schema, e.extversion AS version,
                           v.default_version AS available_version
                      FROM pg_catalog.pg_extension e
                      JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
                      LEFT JOIN pg_catalog.pg_available_extensions v ON v.name = e.extname
                     ORDER BY e.extname
                    """);
}
