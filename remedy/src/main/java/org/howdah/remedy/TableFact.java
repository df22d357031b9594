package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/**
 * A relation as a remedy finds it just before it changes it.
 *
 * @param kind {@code relkind}: r, p, m, i, I, f ...
 * @param indexedTable for an index the oid of its table, else its own
 */
record TableFact(long oid, String schema, String name, String kind, long indexedTable) {
    // https://www.postgresql.org/docs/current/catalog-pg-class.html
    private static final String SELECT =
            """
            SELECT c.oid::bigint AS oid, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind,
                   coalesce(i.indrelid, c.oid)::bigint AS indexed_table
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
            """;
    private static final Query<TableFact> BY_NAME =
            Query.of(TableFact.class, SELECT + " WHERE n.nspname = ? AND c.relname = ?");
    private static final Query<TableFact> BY_OID =
            Query.of(TableFact.class, SELECT + " WHERE c.oid = ?::bigint::oid");
    private static final Query<TableFact> CHILDREN =
            Query.of(
                    TableFact.class,
                    SELECT
                            + """
                              JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid
                             WHERE h.inhparent = ?::bigint::oid AND NOT h.inhdetachpending
                             ORDER BY n.nspname, c.relname
                            """);

    static Optional<TableFact> find(Session session, QualifiedName name) {
        return session.query(BY_NAME, name.schema(), name.name()).stream().findFirst();
    }

    static Optional<TableFact> find(Session session, long oid) {
        return session.query(BY_OID, oid).stream().findFirst();
    }

    /** The partitions directly below it. */
    List<TableFact> partitions(Session session) {
        return session.query(CHILDREN, oid);
    }

    QualifiedName qualifiedName() {
        return new QualifiedName(schema, name);
    }

    boolean isPartitioned() {
        return kind.equals("p") || kind.equals("I");
    }

    boolean isIndex() {
        return kind.equals("i") || kind.equals("I");
    }
}
