package org.howdah.advisor;

import java.util.Optional;
import org.howdah.postgres.ColumnFact;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;

/**
 * Which operator class lets an index answer an operator.
 *
 * @param plainPatterns whether the default B-tree order serves LIKE: only under the collation C
 * @param trigramSchema where pg_trgm is installed
 */
record OperatorClasses(boolean plainPatterns, Optional<String> trigramSchema) {
    static OperatorClasses read(Session session) {
        // https://www.postgresql.org/docs/current/indexes-opclass.html
        boolean plain =
                session.one(
                        """
                        SELECT datcollate IN ('C', 'POSIX')
                          FROM pg_catalog.pg_database
                         WHERE datname = pg_catalog.current_database()
                        """,
                        row -> row.getBoolean(1));
        return new OperatorClasses(plain, session.extensionSchema("pg_trgm"));
    }

    IndexSpec.Key forRange(KnownTable table, Predicate range) {
        IndexSpec.Key key = IndexSpec.Key.of(range.key());
        if (range.kind() != Predicate.Kind.PREFIX || plainPatterns) {
            return key;
        }
        String type = key.column().flatMap(table::column).map(ColumnFact::type).orElse("text");
        return key.with(
                type.startsWith("character varying")
                        ? "varchar_pattern_ops"
                        : type.startsWith("character") ? "bpchar_pattern_ops" : "text_pattern_ops");
    }

    /** See https://www.postgresql.org/docs/current/gin.html#GIN-BUILTIN-OPCLASSES. */
    Optional<IndexSpec.Key> forGin(KnownTable table, Predicate predicate) {
        IndexSpec.Key key = IndexSpec.Key.of(predicate.key());
        String type = key.column().flatMap(table::column).map(ColumnFact::type).orElse("");
        return switch (predicate.kind()) {
            case FULL_TEXT -> {
                boolean vector =
                        type.equals("tsvector")
                                || (predicate.key() instanceof Expression.Call call
                                        && call.name().equals("to_tsvector"));
                yield vector ? Optional.of(key) : Optional.empty();
            }
            case CONTAINMENT -> containment(predicate, key, type);
            case PATTERN -> {
                boolean text = type.startsWith("character") || type.equals("text");
                yield text || key.column().isEmpty()
                        ? trigramSchema.map(
                                schema -> key.with(QualifiedName.quote(schema) + ".gin_trgm_ops"))
                        : Optional.empty();
            }
            case EQUALITY, LIST, RANGE, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, PREFIX ->
                    Optional.empty();
        };
    }

    private static Optional<IndexSpec.Key> containment(
            Predicate predicate, IndexSpec.Key key, String type) {
        boolean document =
                type.equals("jsonb")
                        || (predicate.key() instanceof Expression.Binary binary
                                && binary.operator().equals("->"));
        if (document) {
            // jsonb_path_ops is smaller and faster but knows nothing of keys without values.
            return switch (predicate.operator()) {
                case "@>", "@?" -> Optional.of(key.with("jsonb_path_ops"));
                case "?", "?|", "?&" -> Optional.of(key);
                default -> Optional.empty();
            };
        }
        boolean array = type.endsWith("[]");
        return array && (predicate.operator().equals("@>") || predicate.operator().equals("&&"))
                ? Optional.of(key)
                : Optional.empty();
    }
}
