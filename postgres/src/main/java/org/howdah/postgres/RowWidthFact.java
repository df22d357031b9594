package org.howdah.postgres;

/**
 * How wide the rows of a table are by its column statistics; of tables of 1 MB and more. Summed on
 * the server, so that millions of columns need not be held here.
 *
 * @param columns live ones
 * @param analyzedColumns of those, the ones with statistics that the role may see
 * @param readable whether the role may see the statistics of all columns
 * @param dataBytes average bytes of a row's values, without alignment
 * @param paddingBytes average bytes between the values for alignment where it is not known exactly;
 *     the truth lies between none and twice as much
 * @param nullable whether any value is null, so that rows have a null bitmap
 */
public record RowWidthFact(
        long relation,
        int columns,
        int analyzedColumns,
        boolean readable,
        double dataBytes,
        double paddingBytes,
        boolean nullable) {

    // https://www.postgresql.org/docs/current/view-pg-stats.html
    // https://www.postgresql.org/docs/current/storage-page-layout.html#STORAGE-TUPLE-LAYOUT
    // A short variable-length value (up to 126 bytes) is not aligned.
    static final Query<RowWidthFact> QUERY =
            Query.of(
                            RowWidthFact.class,
                            """
                            SELECT c.oid::bigint AS relation, w.columns, w.analyzed_columns, w.readable,
                                   coalesce(w.data_bytes, 0) AS data_bytes,
                                   coalesce(w.padding_bytes, 0) AS padding_bytes,
                                   coalesce(w.nullable, false) AS nullable
                              FROM pg_catalog.pg_class c
                              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                              CROSS JOIN LATERAL (
                                  SELECT count(*)::int AS columns, count(v.avg_width)::int AS analyzed_columns,
                                         bool_and(pg_catalog.has_column_privilege(c.oid, v.attnum, 'SELECT')) AS readable,
                                         sum((1 - v.null_frac) * v.avg_width)::float8 AS data_bytes,
                                         bool_or(v.null_frac > 0) AS nullable,
                                         sum(CASE WHEN v.before_length IS NULL THEN 0
                                                  WHEN v.before_length > 0 AND v.before_alignment >= v.alignment THEN 0
                                                  WHEN v.before_length > 0 THEN v.alignment - v.before_alignment
                                                  ELSE v.alignment - 1 END / 2.0)::float8 AS padding_bytes
                                    FROM (SELECT f.*,
                                                 lag(f.attlen) OVER (ORDER BY f.attnum) AS before_length,
                                                 lag(f.alignment) OVER (ORDER BY f.attnum) AS before_alignment
                                            FROM (SELECT a.attnum, a.attlen, s.null_frac, s.avg_width,
                                                         CASE WHEN a.attlen = -1 AND coalesce(s.avg_width, 0) <= 126 THEN 1
                                                              WHEN a.attalign = 'd' THEN 8 WHEN a.attalign = 'i' THEN 4
                                                              WHEN a.attalign = 's' THEN 2 ELSE 1 END AS alignment
                                                    FROM pg_catalog.pg_attribute a
                                                    LEFT JOIN pg_catalog.pg_stats s
                                                      ON s.schemaname = n.nspname AND s.tablename = c.relname
                                                     AND s.attname = a.attname AND NOT s.inherited
                                                   WHERE a.attrelid = c.oid AND a.attnum > 0
                                                     AND NOT a.attisdropped) f) v
                              ) w
                             WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND c.relpages >= 128
                               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                               AND c.oid > ?::bigint::pg_catalog.oid AND c.oid <= ?::bigint::pg_catalog.oid
                            """)
                    .needing("GRANT pg_read_all_data TO {role}");
}
