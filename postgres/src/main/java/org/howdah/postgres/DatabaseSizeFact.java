package org.howdah.postgres;

/** What a database takes on disk, all its relations with indexes and TOAST. */
public record DatabaseSizeFact(String name, long bytes) {

    // https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-DBSIZE
    // Looks at every file: apart from the other facts, so that its time-out costs only the sizes.
    public static final Query<DatabaseSizeFact> QUERY =
            Query.of(
                    DatabaseSizeFact.class,
                    """
                    SELECT datname AS name, pg_catalog.pg_database_size(oid) AS bytes
                      FROM pg_catalog.pg_database
                     WHERE datallowconn
                       AND (has_database_privilege(oid, 'CONNECT')
                            OR pg_has_role('pg_read_all_stats', 'USAGE'))
                     ORDER BY datname
                    """);
}
