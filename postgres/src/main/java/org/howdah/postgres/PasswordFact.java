package org.howdah.postgres;

/** How the password of a role that may log in is stored; the password itself is never read. */
public record PasswordFact(String role, Kind kind) {
    public enum Kind {
        NONE,
        MD5,
        SCRAM,
        OTHER
    }

    // https://www.postgresql.org/docs/current/catalog-pg-authid.html
    public static final Query<PasswordFact> QUERY =
            Query.of(
                            PasswordFact.class,
                            """
                            SELECT rolname AS role,
                                   CASE WHEN rolpassword IS NULL THEN 'none'
                                        WHEN rolpassword LIKE 'md5%' THEN 'md5'
                                        WHEN rolpassword LIKE 'SCRAM-SHA-256$%' THEN 'scram'
                                        ELSE 'other' END AS kind
                              FROM pg_catalog.pg_authid
                             WHERE rolcanlogin
                             ORDER BY rolname
                            """)
                    .needing(
                            "GRANT SELECT (rolname, rolcanlogin, rolpassword) ON pg_catalog.pg_authid TO {role}");
}
