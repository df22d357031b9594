package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Query;
import org.howdah.postgres.Session;

/** Invalid indexes that rebuilds have left behind: they cost every write and serve no read. */
final class Leftovers {
    private record Name(String schema, String name) {}

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

    /** What rebuilds on this table have left or are at work on. */
    static List<QualifiedName> ofRebuilds(Session session, long table) {
        return session.query(OF_REBUILDS, table, table).stream()
                .map(found -> new QualifiedName(found.schema(), found.name()))
                .toList();
    }
}
