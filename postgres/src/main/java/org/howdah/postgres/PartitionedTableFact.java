package org.howdah.postgres;

import java.util.List;
import java.util.OptionalLong;

/**
 * How a partitioned table is divided; its partitions are the relations whose parent it is.
 *
 * @param keys column names; empty for an expression
 * @param keyTypes of the columns as SQL; empty for an expression
 * @param parent where it is itself a partition
 */
public record PartitionedTableFact(
        long oid,
        String schema,
        String name,
        Strategy strategy,
        List<String> keys,
        List<String> keyTypes,
        OptionalLong parent,
        OptionalLong defaultPartition,
        long partitions) {

    public enum Strategy {
        RANGE,
        LIST,
        HASH
    }

    // https://www.postgresql.org/docs/current/catalog-pg-partitioned-table.html
    static final Query<PartitionedTableFact> QUERY =
            Query.of(
                    PartitionedTableFact.class,
                    """
                    SELECT p.partrelid::bigint AS oid, n.nspname AS schema, c.relname AS name,
                           CASE p.partstrat WHEN 'r' THEN 'range' WHEN 'l' THEN 'list' ELSE 'hash' END AS strategy,
                           key.names AS keys, key.types AS key_types,
                           (SELECT h.inhparent::bigint FROM pg_catalog.pg_inherits h
                             WHERE h.inhrelid = c.oid) AS parent,
                           nullif(p.partdefid, 0)::bigint AS default_partition,
                           (SELECT count(*) FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid) AS partitions
                      FROM pg_catalog.pg_partitioned_table p
                      JOIN pg_catalog.pg_class c ON c.oid = p.partrelid
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                      CROSS JOIN LATERAL (
                          SELECT pg_catalog.array_agg(coalesce(a.attname::text, '') ORDER BY k.n) AS names,
                                 pg_catalog.array_agg(coalesce(pg_catalog.format_type(a.atttypid, NULL), '')
                                                      ORDER BY k.n) AS types
                            FROM pg_catalog.unnest(p.partattrs::int2[]) WITH ORDINALITY k (attnum, n)
                            LEFT JOIN pg_catalog.pg_attribute a
                              ON a.attrelid = p.partrelid AND a.attnum = k.attnum AND k.attnum > 0
                      ) key
                     WHERE c.relpersistence <> 't'
                     ORDER BY n.nspname, c.relname
                    """);

    public QualifiedName qualifiedName() {
        return new QualifiedName(schema, name);
    }
}
