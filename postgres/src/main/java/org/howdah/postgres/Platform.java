package org.howdah.postgres;

/** Who runs the server: this decides which settings count and how they are changed. */
public enum Platform {
    SELF_HOSTED("self-hosted"),
    RDS("Amazon RDS"),
    AURORA("Amazon Aurora"),
    CLOUD_SQL("Google Cloud SQL"),
    ALLOYDB("Google AlloyDB"),
    AZURE("Azure Database"),
    NEON("Neon");

    private final String label;

    Platform(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether settings are changed through the provider and not by ALTER SYSTEM. */
    public boolean isManaged() {
        return this != SELF_HOSTED;
    }

    /**
     * Whether the storage keeps the log itself, without checkpoints and full pages of the server's.
     */
    public boolean hasOwnStorage() {
        return this == AURORA || this == ALLOYDB || this == NEON;
    }

    /** Where its settings are changed. */
    public String settingsPlace() {
        return switch (this) {
            case SELF_HOSTED -> "ALTER SYSTEM";
            case RDS -> "the DB parameter group";
            case AURORA -> "the DB cluster parameter group";
            case CLOUD_SQL, ALLOYDB -> "the database flags of the instance";
            case AZURE -> "the server parameters";
            case NEON -> "the settings of the compute";
        };
    }

    private record Marks(
            boolean aurora,
            boolean rds,
            boolean alloydb,
            boolean cloudsql,
            boolean azure,
            boolean neon) {}

    /*
     * Each provider marks its servers with functions, settings or roles of its own. A role alone may
     * have come with a dump, hence two of them.
     *
     * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora_version.html
     * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
     * https://cloud.google.com/alloydb/docs/database-users/about
     * https://cloud.google.com/sql/docs/postgres/users
     * https://learn.microsoft.com/azure/postgresql/extensions/how-to-allow-extensions
     * https://github.com/neondatabase/neon, pgxn/neon/libpagestore.c
     */
    private static final Query<Marks> QUERY =
            Query.of(
                    Marks.class,
                    """
                    SELECT EXISTS (SELECT FROM pg_catalog.pg_proc WHERE proname = 'aurora_version') AS aurora,
                           current_setting('rds.extensions', true) IS NOT NULL
                             OR current_setting('rds.superuser_variables', true) IS NOT NULL AS rds,
                           (SELECT count(*) = 2 FROM pg_catalog.pg_roles
                             WHERE rolname IN ('alloydbsuperuser', 'alloydbimportexport')) AS alloydb,
                           (SELECT count(*) = 2 FROM pg_catalog.pg_roles
                             WHERE rolname IN ('cloudsqlsuperuser', 'cloudsqlimportexport')) AS cloudsql,
                           current_setting('azure.extensions', true) IS NOT NULL AS azure,
                           current_setting('neon.tenant_id', true) IS NOT NULL AS neon
                    """);

    static Platform detect(Session session) {
        Marks marks = session.query(QUERY).getFirst();
        if (marks.aurora()) {
            return AURORA;
        }
        if (marks.rds()) {
            return RDS;
        }
        if (marks.alloydb()) {
            return ALLOYDB;
        }
        if (marks.cloudsql()) {
            return CLOUD_SQL;
        }
        if (marks.azure()) {
            return AZURE;
        }
        return marks.neon() ? NEON : SELF_HOSTED;
    }
}
