package org.howdah.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.howdah.postgres.QualifiedName;

/** The text of the statements that remedies run. */
final class RemedySql {
    private RemedySql() {}

    /** A string constant: quotes doubled, in the E form where it has a backslash. */
    static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    static String setOptions(QualifiedName table, Map<String, String> options) {
        String list =
                new TreeMap<>(options)
                        .entrySet().stream()
                                .map(option -> option.getKey() + " = " + option.getValue())
                                .collect(Collectors.joining(", "));
        return "ALTER TABLE " + table.sql() + " SET (" + list + ")";
    }

    static List<String> restoreOptions(
            QualifiedName table, Map<String, String> options, Map<String, String> previous) {
        List<String> statements = new ArrayList<>();
        TreeSet<String> fresh = new TreeSet<>(options.keySet());
        fresh.removeAll(previous.keySet());
        if (!fresh.isEmpty()) {
            statements.add(
                    "ALTER TABLE " + table.sql() + " RESET (" + String.join(", ", fresh) + ")");
        }
        Map<String, String> changed = new TreeMap<>(previous);
        changed.keySet().retainAll(options.keySet());
        if (!changed.isEmpty()) {
            statements.add(setOptions(table, changed));
        }
        return statements;
    }

    static String createIndex(CreateIndex remedy) {
        return "CREATE %sINDEX CONCURRENTLY %s ON %s %s"
                .formatted(
                        remedy.unique() ? "UNIQUE " : "",
                        QualifiedName.quote(remedy.index().name()),
                        remedy.table().sql(),
                        remedy.definition());
    }

    /** A CREATE INDEX statement as {@code pg_get_indexdef} gives it, made concurrent. */
    static String concurrently(String definition) {
        return definition.replaceFirst("^CREATE (UNIQUE )?INDEX ", "CREATE $1INDEX CONCURRENTLY ");
    }

    static String alterSystem(String name, String value) {
        return "ALTER SYSTEM SET " + QualifiedName.quote(name) + " = " + literal(value);
    }
}
