package org.howdah.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A role; those that PostgreSQL itself brings ({@code pg_monitor} ...) are left out.
 *
 * @param bootstrap whether it is the superuser that the cluster was made with
 * @param connectionLimit -1 for none
 * @param validUntil when its password ends to be valid
 * @param memberOf the roles that it is a direct member of
 */
public record RoleFact(
        String name,
        boolean bootstrap,
        boolean superuser,
        boolean login,
        boolean createRole,
        boolean createDatabase,
        boolean replication,
        boolean bypassRowSecurity,
        int connectionLimit,
        Optional<Instant> validUntil,
        List<String> memberOf) {

    // https://www.postgresql.org/docs/current/view-pg-roles.html
    public static final Query<RoleFact> QUERY =
            Query.of(
                    RoleFact.class,
                    """
                    SELECT r.rolname AS name, r.oid = 10 AS bootstrap, r.rolsuper AS superuser, r.rolcanlogin AS login,
                           r.rolcreaterole AS create_role, r.rolcreatedb AS create_database,
                           r.rolreplication AS replication, r.rolbypassrls AS bypass_row_security,
                           r.rolconnlimit AS connection_limit,
                           CASE WHEN isfinite(r.rolvaliduntil) THEN r.rolvaliduntil END AS valid_until,
                           ARRAY(SELECT g.rolname::text
                                   FROM pg_catalog.pg_auth_members m
                                   JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
                                  WHERE m.member = r.oid
                                  ORDER BY g.rolname) AS member_of
                      FROM pg_catalog.pg_roles r
                     WHERE r.rolname NOT LIKE 'pg\\_%'
                     ORDER BY r.rolname
                    """);
}
