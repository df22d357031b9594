package org.howdah.postgres;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A column of a table, or an expression of an index, with its statistics. Read only for the
 * relations that are asked for, since a large database has millions of columns.
 *
 * @param relation the table's oid; an index's for its expressions
 * @param type as SQL: {@code character varying(20)}
 * @param typeOid the type without its modifier
 * @param byteLength fixed length of the type; negative for variable ones
 * @param defaultExpression none while the table is locked
 * @param statisticsTarget as set for the column; none where the server's default holds
 * @param statisticsReadable whether the role may read the column, and so see its statistics
 * @param analyzed whether there are statistics, as far as they can be read; the optional components
 *     that follow are none otherwise
 * @param nullFraction 0 to 1
 * @param averageBytes of values that are not null, as they lie in the heap
 * @param distinctValues more than 0: their number; less: minus their number per row (-1 is unique)
 * @param commonValues most frequent first, as text; empty where there are none
 * @param commonFrequencies of those, 0 to 1 of all rows
 * @param histogram bounds of groups of equal size of the other values, ascending, as text
 * @param correlation of the order of values with their places in the heap, -1 to 1
 * @param commonElements of arrays and full-text vectors
 */
public record ColumnFact(
        long relation,
        int number,
        String name,
        String type,
        long typeOid,
        String typeCategory,
        int byteLength,
        boolean notNull,
        boolean hasDefault,
        Optional<String> defaultExpression,
        String identity,
        String generated,
        Optional<Integer> statisticsTarget,
        boolean statisticsReadable,
        boolean analyzed,
        OptionalDouble nullFraction,
        OptionalLong averageBytes,
        OptionalDouble distinctValues,
        List<String> commonValues,
        List<Double> commonFrequencies,
        List<String> histogram,
        OptionalDouble correlation,
        List<String> commonElements,
        List<Double> commonElementFrequencies) {

    // https://www.postgresql.org/docs/current/view-pg-stats.html
    // A partitioned table has only statistics that include its partitions.
    static final Query<ColumnFact> QUERY =
            Query.of(
                            ColumnFact.class,
                            """
                            WITH locked AS MATERIALIZED (
                                %s
                            )
                            SELECT c.oid::bigint AS relation, a.attnum AS number, a.attname AS name,
                                   pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
                                   a.atttypid::bigint AS type_oid, t.typcategory::text AS type_category,
                                   a.attlen AS byte_length, a.attnotnull AS not_null, a.atthasdef AS has_default,
                                   CASE WHEN c.oid NOT IN (SELECT relation FROM locked)
                                        THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS default_expression,
                                   a.attidentity::text AS identity, a.attgenerated::text AS generated,
                                   nullif(a.attstattarget, -1)::int AS statistics_target,
                                   pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS statistics_readable,
                                   s.attname IS NOT NULL AS analyzed,
                                   s.null_frac AS null_fraction, s.avg_width AS average_bytes,
                                   s.n_distinct AS distinct_values,
                                   s.most_common_vals::text::text[] AS common_values,
                                   s.most_common_freqs AS common_frequencies,
                                   s.histogram_bounds::text::text[] AS histogram,
                                   s.correlation,
                                   s.most_common_elems::text::text[] AS common_elements,
                                   s.most_common_elem_freqs AS common_element_frequencies
                              FROM pg_catalog.pg_class c
                              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                              JOIN pg_catalog.pg_attribute a
                                ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                              JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                              LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                              LEFT JOIN LATERAL (
                                  SELECT * FROM pg_catalog.pg_stats p
                                   WHERE p.schemaname = n.nspname AND p.tablename = c.relname
                                     AND p.attname = a.attname AND p.inherited = (c.relkind = 'p')
                              ) s ON true
                             WHERE c.oid = ANY (?::bigint[]::pg_catalog.oid[])
                             ORDER BY c.oid, a.attnum
                            """
                                    .formatted(TableLockFact.LOCKED))
                    .needing("GRANT pg_read_all_data TO {role}");

    /** The columns of these relations. */
    public static Facts<ColumnFact> read(Session session, Collection<Long> relations) {
        return session.facts(QUERY, (Object) relations.toArray(Long[]::new));
    }

    /** The number of distinct values among that many rows; none without statistics. */
    public OptionalDouble distinctAmong(double rows) {
        if (distinctValues.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = distinctValues.getAsDouble();
        return OptionalDouble.of(value >= 0 ? value : -value * rows);
    }
}
