package org.howdah.postgres;

/**
 * How wide the entries of a B-tree are by the statistics of its columns and expressions; of indexes
 * of 1 MB and more.
 *
 * @param columns keys and included columns
 * @param analyzedColumns of those, the ones with statistics that the role may see
 * @param readable whether the role may see the statistics of all columns
 * @param dataBytes average bytes of an entry's values, without alignment
 * @param paddingBytes average bytes between the values for alignment where it is not known exactly
 * @param nullable whether any value is null
 * @param distinctKeys how many different keys there are at most, taking columns as independent
 * @param deduplicates whether equal keys are stored once with the list of their rows
 */
public record KeyWidthFact(
        long index,
        int columns,
        int analyzedColumns,
        boolean readable,
        double dataBytes,
        double paddingBytes,
        boolean nullable,
        double distinctKeys,
        boolean deduplicates) {

    // https://www.postgresql.org/docs/current/btree.html#BTREE-DEDUPLICATION
    // Support function 4 tells whether equal values are the same image.
    static final Query<KeyWidthFact> QUERY =
            Query.of(
                            KeyWidthFact.class,
                            """
                            SELECT x.oid::bigint AS index, w.columns, w.analyzed_columns, w.readable,
                                   coalesce(w.data_bytes, 0) AS data_bytes,
                                   coalesce(w.padding_bytes, 0) AS padding_bytes,
                                   coalesce(w.nullable, false) AS nullable,
                                   coalesce(w.distinct_keys, 1) AS distinct_keys,
                                   i.indnkeyatts = i.indnatts AND w.same_image AND NOT i.indisunique
                                       AND NOT coalesce(x.reloptions && ARRAY['deduplicate_items=off',
                                                        'deduplicate_items=false'], false) AS deduplicates
                              FROM pg_catalog.pg_index i
                              JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                              JOIN pg_catalog.pg_am m ON m.oid = x.relam AND m.amname = 'btree'
                              JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
                              JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
                              CROSS JOIN LATERAL (
                                  SELECT count(*)::int AS columns, count(v.avg_width)::int AS analyzed_columns,
                                         bool_and(v.readable) AS readable, bool_and(v.same_image) AS same_image,
                                         sum((1 - v.null_frac) * v.avg_width)::float8 AS data_bytes,
                                         bool_or(v.null_frac > 0) AS nullable,
                                         exp(least(sum(ln(greatest(v.distincts, 1))), 100)) AS distinct_keys,
                                         sum(CASE WHEN v.before_length IS NULL THEN 0
                                                  WHEN v.before_length > 0 AND v.before_alignment >= v.alignment THEN 0
                                                  WHEN v.before_length > 0 THEN v.alignment - v.before_alignment
                                                  ELSE v.alignment - 1 END / 2.0)::float8 AS padding_bytes
                                    FROM (SELECT f.*,
                                                 lag(f.attlen) OVER (ORDER BY f.attnum) AS before_length,
                                                 lag(f.alignment) OVER (ORDER BY f.attnum) AS before_alignment
                                            FROM (SELECT a.attnum, a.attlen, s.null_frac, s.avg_width,
                                                         CASE WHEN o.attnum IS NULL
                                                              THEN pg_catalog.has_table_privilege(c.oid, 'SELECT')
                                                              ELSE pg_catalog.has_column_privilege(c.oid, o.attnum, 'SELECT')
                                                              END AS readable,
                                                         a.attnum > i.indnkeyatts OR EXISTS (
                                                             SELECT FROM pg_catalog.pg_opclass o
                                                               JOIN pg_catalog.pg_amproc p
                                                                 ON p.amprocfamily = o.opcfamily AND p.amprocnum = 4
                                                                AND p.amproclefttype = o.opcintype
                                                              WHERE o.oid = i.indclass[a.attnum - 1])
                                                         AND NOT EXISTS (
                                                             SELECT FROM pg_catalog.pg_collation l
                                                              WHERE l.oid = i.indcollation[a.attnum - 1]
                                                                AND NOT l.collisdeterministic) AS same_image,
                                                         CASE WHEN s.n_distinct < 0
                                                              THEN -s.n_distinct * greatest(c.reltuples, 1)
                                                              ELSE s.n_distinct END AS distincts,
                                                         CASE WHEN a.attlen = -1 AND coalesce(s.avg_width, 0) <= 126 THEN 1
                                                              WHEN a.attalign = 'd' THEN 8 WHEN a.attalign = 'i' THEN 4
                                                              WHEN a.attalign = 's' THEN 2 ELSE 1 END AS alignment
                                                    FROM pg_catalog.pg_attribute a
                                                    LEFT JOIN pg_catalog.pg_attribute o
                                                      ON o.attrelid = i.indrelid AND i.indkey[a.attnum - 1] <> 0
                                                     AND o.attnum = i.indkey[a.attnum - 1]
                                                    LEFT JOIN LATERAL (
                                                        SELECT * FROM pg_catalog.pg_stats p
                                                         WHERE p.schemaname = n.nspname
                                                           AND p.tablename = CASE WHEN o.attname IS NULL THEN x.relname
                                                                                  ELSE c.relname END
                                                           AND p.attname = coalesce(o.attname, a.attname)
                                                           AND NOT p.inherited
                                                    ) s ON true
                                                   WHERE a.attrelid = x.oid AND a.attnum > 0) f) v
                              ) w
                             WHERE x.relkind = 'i' AND x.relpersistence <> 't' AND x.relpages >= 128
                               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                               AND x.oid > ?::bigint::pg_catalog.oid AND x.oid <= ?::bigint::pg_catalog.oid
                            """)
                    .needing("GRANT pg_read_all_data TO {role}");
}
