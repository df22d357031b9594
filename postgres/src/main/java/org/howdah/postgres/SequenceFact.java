package org.howdah.postgres;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A sequence and the column that it feeds.
 *
 * @param increment negative where it counts down
 * @param lastValue none before the first use, where the role may not read it, or while it is locked
 * @param readable whether the role may read its value
 * @param table the oid of the table of the column that owns it or takes its default from it
 * @param columnType the column's type as SQL
 * @param columnMaximum the largest value of an integer column
 */
public record SequenceFact(
        long oid,
        String schema,
        String name,
        String type,
        long minimum,
        long maximum,
        long increment,
        boolean cycles,
        boolean readable,
        OptionalLong lastValue,
        OptionalLong table,
        Optional<String> tableSchema,
        Optional<String> tableName,
        Optional<String> column,
        Optional<String> columnType,
        OptionalLong columnMaximum) {

    // https://www.postgresql.org/docs/current/catalog-pg-sequence.html
    // pg_sequence_last_value opens the sequence as if to write, hence not for those that are
    // locked.
    static final Query<SequenceFact> QUERY =
            Query.of(
                            SequenceFact.class,
                            """
                            WITH locked AS MATERIALIZED (
                                %s
                            )
                            SELECT s.seqrelid::bigint AS oid, n.nspname AS schema, c.relname AS name,
                                   pg_catalog.format_type(s.seqtypid, NULL) AS type,
                                   s.seqmin AS minimum, s.seqmax AS maximum, s.seqincrement AS increment,
                                   s.seqcycle AS cycles,
                                   pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE') AS readable,
                                   CASE WHEN c.oid NOT IN (SELECT relation FROM locked) AND c.relpersistence = 'p'
                                             AND pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE')
                                        THEN pg_catalog.pg_sequence_last_value(c.oid) END AS last_value,
                                   fed.table_oid::bigint AS table, tn.nspname AS table_schema, t.relname AS table_name,
                                   a.attname AS column, pg_catalog.format_type(a.atttypid, NULL) AS column_type,
                                   CASE a.atttypid WHEN 'pg_catalog.int2'::pg_catalog.regtype THEN 32767
                                        WHEN 'pg_catalog.int4'::pg_catalog.regtype THEN 2147483647
                                        WHEN 'pg_catalog.int8'::pg_catalog.regtype THEN 9223372036854775807
                                        END AS column_maximum
                              FROM pg_catalog.pg_sequence s
                              JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
                              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                              LEFT JOIN LATERAL (
                                  SELECT o.table_oid, o.attnum
                                    FROM (SELECT d.refobjid AS table_oid, d.refobjsubid AS attnum, 1 AS rank
                                            FROM pg_catalog.pg_depend d
                                           WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                             AND d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                                             AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                          UNION ALL
                                          SELECT f.adrelid, f.adnum, 2
                                            FROM pg_catalog.pg_depend d
                                            JOIN pg_catalog.pg_attrdef f ON f.oid = d.objid
                                           WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                             AND d.refobjid = c.oid
                                             AND d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass) o
                                   ORDER BY o.rank LIMIT 1
                              ) fed ON true
                              LEFT JOIN pg_catalog.pg_class t ON t.oid = fed.table_oid
                              LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
                              LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = fed.attnum
                             WHERE c.relpersistence <> 't'
                               AND c.oid > ?::bigint::pg_catalog.oid AND c.oid <= ?::bigint::pg_catalog.oid
                            """
                                    .formatted(TableLockFact.LOCKED_FOR_WRITING))
                    .needing("GRANT pg_read_all_data TO {role}");

    public QualifiedName qualifiedName() {
        return new QualifiedName(schema, name);
    }

    /** The last value that it can give and that its column can hold; of one that counts up. */
    public long limit() {
        return Math.min(maximum, columnMaximum.orElse(Long.MAX_VALUE));
    }
}
