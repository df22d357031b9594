package org.howdah.postgres;

/**
 * What the role of a session may see. Views of activity do not refuse a role that may not see the
 * sessions of others, they hide them: to be asked first, so that hidden is not taken for absent.
 */
public record Rights(
        String role, boolean superuser, boolean readsAllStatistics, boolean readsAllSettings) {

    // https://www.postgresql.org/docs/current/predefined-roles.html
    static final Query<Rights> QUERY =
            Query.of(
                    Rights.class,
                    """
                    SELECT current_user AS role, r.rolsuper AS superuser,
                           pg_has_role('pg_read_all_stats', 'USAGE') AS reads_all_statistics,
                           pg_has_role('pg_read_all_settings', 'USAGE') AS reads_all_settings
                      FROM pg_catalog.pg_roles r
                     WHERE r.rolname = current_user
                    """);

    /** The statement that lets this role see activity and statistics of all others. */
    public String monitorGrant() {
        return "GRANT pg_monitor TO " + QualifiedName.quote(role);
    }
}
