package org.howdah.postgres;

import java.util.Optional;

/**
 * A setting that holds for a role, a database, or a role in a database.
 *
 * @param role none for every role
 * @param database none for every database
 */
public record RoleSettingFact(
        Optional<String> role, Optional<String> database, String name, String value) {

    // https://www.postgresql.org/docs/current/catalog-pg-db-role-setting.html
    public static final Query<RoleSettingFact> QUERY =
            Query.of(
                    RoleSettingFact.class,
                    """
                    SELECT r.rolname AS role, d.datname AS database,
                           split_part(entry, '=', 1) AS name,
                           substr(entry, strpos(entry, '=') + 1) AS value
                      FROM pg_catalog.pg_db_role_setting s
                     CROSS JOIN LATERAL unnest(s.setconfig) AS entry
                      LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
                      LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
                     ORDER BY d.datname, r.rolname, name
                    """);
}
