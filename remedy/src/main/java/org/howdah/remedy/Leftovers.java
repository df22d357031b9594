package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/**
 * Invalid indexes that builds have left behind: they cost every write and serve no read. One that
 * is still being built is invalid too; its builder shows in the progress view and holds SHARE
 * UPDATE EXCLUSIVE on the table until it ends, across all its transactions.
 */
public final class Leftovers {
    /**
     * @param rebuild whether REINDEX CONCURRENTLY left it ({@code _ccnew}, {@code _ccold})
     * @param definition its CREATE INDEX statement
     */
    public record Leftover(
            String schema,
            String name,
            String tableSchema,
            String tableName,
            boolean rebuild,
            String definition,
            long bytes) {
        public QualifiedName index() {
            return new QualifiedName(schema, name);
        }

        public QualifiedName table() {
            return new QualifiedName(tableSchema, tableName);
        }

        public DropIndex remedy(String database) {
            return new DropIndex(database, index(), definition, DropIndex.Reason.INVALID);
        }
    }

    private record Name(String schema, String name) {}

    private static final Query<Leftover> ABANDONED =
            Query.of(
                    Leftover.class,
                    """
                    SELECT n.nspname AS schema, c.relname AS name, tn.nspname AS table_schema, t.relname AS table_name,
                           c.relname ~ '_cc(new|old)[0-9]*$' AS rebuild,
                           pg_catalog.pg_get_indexdef(c.oid) AS definition, pg_catalog.pg_relation_size(c.oid) AS bytes
                      FROM pg_catalog.pg_index i
                      JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                      JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
                      JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
                     WHERE NOT i.indisvalid AND c.relkind = 'i'
                       AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p
                                        WHERE p.datname = pg_catalog.current_database() AND p.relid = i.indrelid)
                       AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l
                                        WHERE l.relation = i.indrelid AND l.granted
                                          AND l.mode IN ('ShareUpdateExclusiveLock', 'AccessExclusiveLock')
                                          AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
                                          AND l.database = (SELECT oid FROM pg_catalog.pg_database
                                                             WHERE datname = pg_catalog.current_database()))
                     ORDER BY n.nspname, c.relname
                    """);

    private static final Query<Name> OF_REBUILDS =
            Query.of(
                    Name.class,
                    """
                    SELECT n.nspname AS schema, c.relname AS name
                      FROM pg_catalog.pg_index i
                      JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relname ~ '_cc(new|old)[0-9]*$'
                       AND i.indrelid IN (SELECT ?::bigint::oid
                                          UNION SELECT relid FROM pg_catalog.pg_partition_tree(?::bigint::oid::regclass))
                     ORDER BY n.nspname, c.relname
                    """);

    private Leftovers() {}

    /** Those of the session's database that nobody is building. */
    public static List<Leftover> find(Session session) {
        return session.query(ABANDONED);
    }

    /** What rebuilds on this table have left or are at work on. */
    static List<QualifiedName> ofRebuilds(Session session, long table) {
        return session.query(OF_REBUILDS, table, table).stream()
                .map(found -> new QualifiedName(found.schema(), found.name()))
                .toList();
    }
}
