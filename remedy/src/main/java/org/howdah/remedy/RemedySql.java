package org.howdah.remedy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.howdah.postgres.QualifiedName;

/** The text of the statements that remedies run. */
final class RemedySql {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.]+|-?[0-9.]+");

    /** Of a CREATE INDEX statement as {@code pg_get_indexdef} gives it: without its schema. */
    private static final Pattern INDEX_NAME =
            Pattern.compile("^(CREATE (?:UNIQUE )?INDEX )(?:\"(?:[^\"]|\"\")+\"|[^\\s\"]+) ON ");

    /** The settings that the server's own source marks as lists of quoted names. */
    private static final Set<String> LISTS =
            Set.of(
                    "local_preload_libraries",
                    "oauth_validator_libraries",
                    "search_path",
                    "session_preload_libraries",
                    "shared_preload_libraries",
                    "temp_tablespaces",
                    "unix_socket_directories");

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
                                .map(option -> option.getKey() + " = " + value(option.getValue()))
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

    /** All statements, in the order in which they are run. */
    static List<String> createIndex(CreateIndex remedy) {
        List<String> statements = new ArrayList<>();
        // An index lives in its table's schema, wherever the remedy thinks it does.
        createIndex(
                remedy,
                remedy.tree(),
                new QualifiedName(remedy.table().schema(), remedy.index().name()),
                statements);
        return List.copyOf(statements);
    }

    private static void createIndex(
            CreateIndex remedy, TableTree tree, QualifiedName index, List<String> statements) {
        if (!tree.partitioned()) {
            statements.add(createConcurrently(remedy, index, tree.table()));
            return;
        }
        statements.add(createOnOnly(remedy, index, tree.table()));
        for (TableTree partition : tree.partitions()) {
            QualifiedName child = IndexNames.ofPartition(index.name(), partition.table());
            createIndex(remedy, partition, child, statements);
            statements.add(attach(index, child));
        }
    }

    static String createConcurrently(CreateIndex remedy, QualifiedName index, QualifiedName table) {
        return create(remedy, "CONCURRENTLY ", index, "", table);
    }

    /** The index of a partitioned table alone, invalid until all partitions have theirs. */
    static String createOnOnly(CreateIndex remedy, QualifiedName index, QualifiedName table) {
        return create(remedy, "", index, "ONLY ", table);
    }

    private static String create(
            CreateIndex remedy, String how, QualifiedName index, String only, QualifiedName table) {
        return "CREATE %sINDEX %s%s ON %s%s %s"
                .formatted(
                        remedy.unique() ? "UNIQUE " : "",
                        how,
                        QualifiedName.quote(index.name()),
                        only,
                        table.sql(),
                        remedy.definition());
    }

    static String attach(QualifiedName index, QualifiedName child) {
        return "ALTER INDEX %s ATTACH PARTITION %s".formatted(index.sql(), child.sql());
    }

    /** A partitioned index cannot be dropped concurrently. */
    static String dropIndex(QualifiedName index, boolean partitioned) {
        return "DROP INDEX %sIF EXISTS %s"
                .formatted(partitioned ? "" : "CONCURRENTLY ", index.sql());
    }

    /** A CREATE INDEX statement as {@code pg_get_indexdef} gives it, made concurrent. */
    static String concurrently(String definition) {
        return definition.replaceFirst("^CREATE (UNIQUE )?INDEX ", "CREATE $1INDEX CONCURRENTLY ");
    }

    /** The same statement for an index of another name. */
    static String named(String definition, String name) {
        return INDEX_NAME
                .matcher(definition)
                .replaceFirst(found ->
                        Matcher.quoteReplacement(
                                found.group(1) + QualifiedName.quote(name) + " ON "));
    }

    /**
     * As it is where that is safe, else as a string constant, which the server takes just as well.
     */
    private static String value(String text) {
        return PLAIN.matcher(text).matches() ? text : literal(text);
    }

    static String alterSystem(String name, String value) {
        return "ALTER SYSTEM SET " + setting(name) + " = " + settingValue(name, value);
    }

    static String resetSystem(String name) {
        return "ALTER SYSTEM RESET " + setting(name);
    }

    /**
     * Each part of a name with a prefix is an identifier of its own: {@code
     * auto_explain.log_analyze}.
     */
    private static String setting(String name) {
        return Arrays.stream(name.split("\\.", -1))
                .map(QualifiedName::quote)
                .collect(Collectors.joining("."));
    }

    /**
     * A list is one constant for each element: one for all would be a single element with commas.
     */
    private static String settingValue(String name, String value) {
        if (!LISTS.contains(name.toLowerCase(Locale.ROOT)) || value.isBlank()) {
            return literal(value);
        }
        return Arrays.stream(value.split(",", -1))
                .map(element -> literal(unquoted(element.strip())))
                .collect(Collectors.joining(", "));
    }

    private static String unquoted(String element) {
        return element.length() > 1 && element.startsWith("\"") && element.endsWith("\"")
                ? element.substring(1, element.length() - 1).replace("\"\"", "\"")
                : element;
    }
}
