package org.howdah.postgres;

import java.util.List;

/**
 * Statistics over several columns together, as made by CREATE STATISTICS.
 *
 * @param kinds {@code ndistinct}, {@code dependencies}, {@code mcv}, {@code expressions}
 */
public record ExtendedStatisticsFact(
        long oid,
        long table,
        String schema,
        String name,
        List<String> kinds,
        List<String> columns,
        boolean hasExpressions) {

    // https://www.postgresql.org/docs/current/catalog-pg-statistic-ext.html
    static final Query<ExtendedStatisticsFact> QUERY =
            Query.of(
                    ExtendedStatisticsFact.class,
                    """
                    SELECT s.oid::bigint AS oid, s.stxrelid::bigint AS table, n.nspname AS schema, s.stxname AS name,
                           ARRAY(SELECT CASE k WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies'
                                               WHEN 'm' THEN 'mcv' ELSE 'expressions' END
                                   FROM pg_catalog.unnest(s.stxkind) k) AS kinds,
                           ARRAY(SELECT a.attname::text
                                   FROM pg_catalog.unnest(s.stxkeys::int2[]) WITH ORDINALITY k (attnum, n)
                                   JOIN pg_catalog.pg_attribute a
                                     ON a.attrelid = s.stxrelid AND a.attnum = k.attnum
                                  ORDER BY k.n) AS columns,
                           s.stxexprs IS NOT NULL AS has_expressions
                      FROM pg_catalog.pg_statistic_ext s
                      JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
                     ORDER BY n.nspname, s.stxname
                    """);
}
