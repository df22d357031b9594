package org.howdah.advisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.howdah.postgres.ColumnFact;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementException;

/** Real values of columns: from their statistics, else from some rows of the table. */
final class ColumnSamples {
    private static final int ROWS = 200;

    private final Session session;
    private final Map<String, List<String>> read = new HashMap<>();

    ColumnSamples(Session session) {
        this.session = session;
    }

    /** A value at that place of the column's order, 0 the least and 1 the greatest. */
    Optional<String> at(KnownTable table, ColumnFact column, double place) {
        List<String> values = column.histogram();
        if (values.isEmpty()) {
            values = column.commonValues().isEmpty() ? rows(table, column) : column.commonValues();
            values = values.stream().sorted(order(column)).toList();
        }
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get((int) Math.round(place * (values.size() - 1))));
    }

    private static Comparator<String> order(ColumnFact column) {
        return column.typeCategory().equals("N")
                ? Comparator.comparing(java.math.BigDecimal::new)
                : Comparator.naturalOrder();
    }

    Optional<String> frequent(KnownTable table, ColumnFact column) {
        return column.commonValues().stream().findFirst().or(() -> at(table, column, 0.5));
    }

    /** A value of which there are few, as most are in a column with many values. */
    Optional<String> typical(KnownTable table, ColumnFact column) {
        if (column.histogram().isEmpty() && !column.commonValues().isEmpty()) {
            return Optional.of(column.commonValues().getLast());
        }
        return at(table, column, 0.5);
    }

    private List<String> rows(KnownTable table, ColumnFact column) {
        return texts(table, QualifiedName.quote(column.name()) + "::text", column.name());
    }

    /** Words of a text, each with the part of the sampled rows in which it is. */
    Optional<String> word(KnownTable table, List<String> columns, boolean frequent) {
        Map<String, Integer> counts = new HashMap<>();
        for (String column : columns) {
            for (String text :
                    texts(table, "left(" + QualifiedName.quote(column) + "::text, 500)", column)) {
                Set<String> words = new HashSet<>();
                for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
                    if (word.length() > 4) {
                        words.add(word);
                    }
                }
                words.forEach(word -> counts.merge(word, 1, Integer::sum));
            }
        }
        List<Map.Entry<String, Integer>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(
                Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey()));
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(sorted.get(frequent ? sorted.size() * 9 / 10 : 0).getKey());
    }

    /** The beginning of a document with one key and its value. */
    Optional<String> document(KnownTable table, String column) {
        String quoted = QualifiedName.quote(column);
        String one =
                "(SELECT pg_catalog.jsonb_build_object(e.key, e.value)::text"
                        + " FROM pg_catalog.jsonb_each(CASE WHEN pg_catalog.jsonb_typeof("
                        + quoted
                        + "::jsonb) = 'object' THEN "
                        + quoted
                        + "::jsonb ELSE '{}' END) e LIMIT 1)";
        return texts(table, one, column).stream().findFirst();
    }

    private List<String> texts(KnownTable table, String expression, String column) {
        String sql =
                "SELECT DISTINCT %s FROM (SELECT %s FROM %s WHERE %s IS NOT NULL LIMIT %d) sampled"
                        .formatted(
                                expression,
                                QualifiedName.quote(column),
                                table.name().sql(),
                                QualifiedName.quote(column),
                                ROWS);
        return read.computeIfAbsent(sql, this::ask);
    }

    private List<String> ask(String sql) {
        try {
            return session.query(sql, row -> Optional.ofNullable(row.getString(1))).stream()
                    .flatMap(Optional::stream)
                    .toList();
        } catch (StatementException refused) {
            return List.of();
        }
    }
}
