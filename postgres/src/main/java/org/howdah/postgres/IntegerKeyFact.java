package org.howdah.postgres;

import java.util.OptionalLong;

/**
 * A key column of two or four bytes and how far its values have come.
 *
 * @param readable whether the role may see its statistics
 * @param maximum the largest value that its type holds
 * @param largestSeen the largest value in the statistics, of the last ANALYZE; none without them
 */
public record IntegerKeyFact(
        long relation,
        String schema,
        String name,
        String column,
        String type,
        boolean readable,
        long maximum,
        OptionalLong largestSeen) {

    // https://www.postgresql.org/docs/current/view-pg-stats.html
    // The histogram's last bound is the largest value in ANALYZE's sample.
    static final Query<IntegerKeyFact> QUERY =
            Query.of(
                            IntegerKeyFact.class,
                            """
                            SELECT DISTINCT ON (c.oid, a.attnum)
                                   c.oid::bigint AS relation, n.nspname AS schema, c.relname AS name,
                                   a.attname AS column, pg_catalog.format_type(a.atttypid, NULL) AS type,
                                   pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS readable,
                                   CASE a.attlen WHEN 2 THEN 32767 ELSE 2147483647 END AS maximum,
                                   s.largest AS largest_seen
                              FROM pg_catalog.pg_index i
                              JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
                              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                               AND a.atttypid IN ('pg_catalog.int2'::pg_catalog.regtype,
                                                  'pg_catalog.int4'::pg_catalog.regtype)
                              LEFT JOIN LATERAL (
                                  SELECT (p.histogram_bounds::text::bigint[])[
                                             pg_catalog.array_upper(p.histogram_bounds::text::bigint[], 1)] AS largest
                                    FROM pg_catalog.pg_stats p
                                   WHERE p.schemaname = n.nspname AND p.tablename = c.relname
                                     AND p.attname = a.attname AND p.inherited = (c.relkind = 'p')
                              ) s ON true
                             WHERE i.indisunique AND i.indnkeyatts = 1 AND c.relpersistence <> 't'
                               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                               AND c.oid > ?::bigint::pg_catalog.oid AND c.oid <= ?::bigint::pg_catalog.oid
                            """)
                    .needing("GRANT pg_read_all_data TO {role}");

    public QualifiedName qualifiedName() {
        return new QualifiedName(schema, name);
    }
}
