package org.howdah.postgres;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A constraint of a table.
 *
 * @param table the oid of its table
 * @param columns names, in the order of the constraint
 * @param columnTypes of those, as SQL without modifiers
 * @param referencedTable of a foreign key
 * @param validated false for NOT VALID
 * @param parent the constraint of the partitioned table from which it is inherited
 * @param index the index that backs it, or at which the foreign key points
 * @param onUpdate what happens to a foreign key's rows when the referenced key changes
 */
public record ConstraintFact(
        long oid,
        long table,
        String schema,
        String tableName,
        String name,
        Kind kind,
        List<String> columns,
        List<String> columnTypes,
        OptionalLong referencedTable,
        Optional<String> referencedSchema,
        Optional<String> referencedName,
        List<String> referencedColumns,
        List<String> referencedColumnTypes,
        boolean validated,
        boolean deferrable,
        OptionalLong parent,
        OptionalLong index,
        Optional<Action> onUpdate,
        Optional<Action> onDelete) {

    public enum Kind {
        PRIMARY_KEY,
        UNIQUE,
        FOREIGN_KEY,
        CHECK,
        EXCLUSION,
        NOT_NULL
    }

    public enum Action {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }

    // https://www.postgresql.org/docs/current/catalog-pg-constraint.html
    static final Query<ConstraintFact> QUERY =
            Query.of(
                    ConstraintFact.class,
                    """
                    SELECT k.oid::bigint AS oid, k.conrelid::bigint AS table, n.nspname AS schema,
                           c.relname AS table_name, k.conname AS name,
                           CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique'
                                          WHEN 'f' THEN 'foreign key' WHEN 'c' THEN 'check'
                                          WHEN 'n' THEN 'not null' ELSE 'exclusion' END AS kind,
                           own.names AS columns, own.types AS column_types,
                           nullif(k.confrelid, 0)::bigint AS referenced_table,
                           fn.nspname AS referenced_schema, fc.relname AS referenced_name,
                           other.names AS referenced_columns, other.types AS referenced_column_types,
                           k.convalidated AS validated, k.condeferrable AS deferrable,
                           nullif(k.conparentid, 0)::bigint AS parent, nullif(k.conindid, 0)::bigint AS index,
                           CASE k.confupdtype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict'
                                WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
                                WHEN 'd' THEN 'set default' END AS on_update,
                           CASE k.confdeltype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict'
                                WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
                                WHEN 'd' THEN 'set default' END AS on_delete
                      FROM pg_catalog.pg_constraint k
                      JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                      LEFT JOIN pg_catalog.pg_class fc ON fc.oid = k.confrelid
                      LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace
                      CROSS JOIN LATERAL (
                          SELECT pg_catalog.array_agg(a.attname::text ORDER BY p.n) AS names,
                                 pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, NULL) ORDER BY p.n) AS types
                            FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY p (attnum, n)
                            JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.attnum
                      ) own
                      CROSS JOIN LATERAL (
                          SELECT pg_catalog.array_agg(a.attname::text ORDER BY p.n) AS names,
                                 pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, NULL) ORDER BY p.n) AS types
                            FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY p (attnum, n)
                            JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.attnum
                      ) other
                     WHERE c.relpersistence <> 't'
                       AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                       AND (k.contype IN ('p', 'u', 'f', 'x') OR k.contype IN ('c', 'n') AND NOT k.convalidated)
                       AND c.oid > ?::bigint::pg_catalog.oid AND c.oid <= ?::bigint::pg_catalog.oid
                    """);

    public QualifiedName qualifiedTable() {
        return new QualifiedName(schema, tableName);
    }

    /** The table at which a foreign key points. */
    public Optional<QualifiedName> qualifiedReferenced() {
        return referencedSchema.flatMap(
                in -> referencedName.map(called -> new QualifiedName(in, called)));
    }
}
