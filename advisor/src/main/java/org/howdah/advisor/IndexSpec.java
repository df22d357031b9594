package org.howdah.advisor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.postgres.QualifiedName;

/**
 * An index that does not exist yet.
 *
 * @param pinned how many of the first keys are compared for equality: their order among themselves
 *     is free
 * @param include columns that are only carried along
 * @param where the condition of a partial index
 */
record IndexSpec(
        KnownTable table,
        Method method,
        List<Key> keys,
        int pinned,
        List<String> include,
        Optional<String> where) {
    enum Method {
        BTREE,
        GIN,
        BRIN;

        String sql() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * @param sql a quoted column, or an expression as CREATE INDEX wants it
     * @param column where it is a plain column
     */
    record Key(
            String sql,
            Optional<String> column,
            boolean descending,
            boolean nullsFirst,
            Optional<String> operatorClass) {
        static Key of(Expression expression) {
            if (expression instanceof Expression.Column column) {
                return new Key(
                        QualifiedName.quote(column.name()),
                        Optional.of(column.name()),
                        false,
                        false,
                        Optional.empty());
            }
            String sql = "(" + expression.template().sql() + ")";
            return new Key(sql, Optional.empty(), false, false, Optional.empty());
        }

        Key ordered(boolean desc, boolean nulls) {
            return new Key(sql, column, desc, nulls, operatorClass);
        }

        Key with(String opclass) {
            return new Key(sql, column, descending, nullsFirst, Optional.of(opclass));
        }

        String definition() {
            String order = descending ? " DESC" : "";
            // The default is NULLS LAST ascending and NULLS FIRST descending.
            String nulls =
                    nullsFirst == descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST";
            return sql + operatorClass.map(name -> " " + name).orElse("") + order + nulls;
        }
    }

    IndexSpec {
        keys = List.copyOf(keys);
        include = List.copyOf(include);
    }

    /** Everything behind the table's name in CREATE INDEX. */
    String definition() {
        String listed = keys.stream().map(Key::definition).collect(Collectors.joining(", "));
        String carried =
                include.isEmpty()
                        ? ""
                        : include.stream()
                                .map(QualifiedName::quote)
                                .collect(Collectors.joining(", ", " INCLUDE (", ")"));
        return "USING %s (%s)%s%s"
                .formatted(method.sql(), listed, carried, where.map(w -> " WHERE " + w).orElse(""));
    }

    /** The columns whose change costs an index entry; those inside expressions not counted. */
    Set<String> columns() {
        Set<String> all = new LinkedHashSet<>(include);
        keys.forEach(key -> key.column().ifPresent(all::add));
        return all;
    }

    /** Whether an index-only scan on it can give these columns. */
    boolean carries(Set<String> wanted) {
        return method == Method.BTREE && columns().containsAll(wanted);
    }

    IndexSpec including(List<String> columns) {
        return new IndexSpec(table, method, keys, pinned, columns, where);
    }

    IndexSpec with(List<Key> ordered) {
        return new IndexSpec(table, method, ordered, pinned, include, where);
    }

    /** Whether this serves all that the other one serves, as far as keys go. */
    boolean covers(IndexSpec other) {
        if (table.oid() != other.table.oid()
                || method != other.method
                || !where.equals(other.where)
                || keys.size() < other.keys.size()) {
            return false;
        }
        Set<Key> front = new HashSet<>(keys.subList(0, other.pinned));
        return front.equals(new HashSet<>(other.keys.subList(0, other.pinned)))
                && keys.subList(other.pinned, other.keys.size())
                        .equals(other.keys.subList(other.pinned, other.keys.size()));
    }

    /** This one, carrying what the other carries too. */
    IndexSpec absorbing(IndexSpec other) {
        Set<String> carried = new LinkedHashSet<>(include);
        carried.addAll(other.include);
        keys.forEach(key -> key.column().ifPresent(carried::remove));
        List<String> sorted = new ArrayList<>(carried);
        return including(sorted);
    }
}
