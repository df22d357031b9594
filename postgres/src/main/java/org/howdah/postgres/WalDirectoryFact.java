package org.howdah.postgres;

/** The WAL files on disk. */
public record WalDirectoryFact(long files, long bytes) {

    // https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-GENFILE
    public static final Query<WalDirectoryFact> QUERY =
            Query.of(
                            WalDirectoryFact.class,
                            """
                            SELECT count(*) AS files, coalesce(sum(size), 0)::int8 AS bytes
                              FROM pg_catalog.pg_ls_waldir()
                            """)
                    .needing("GRANT pg_monitor TO {role}");
}
