package org.howdah.advisor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.postgres.ColumnFact;

/**
 * Chooses values for the parameters of a statement such as an application would: of what the
 * compared column holds, a rare one and a frequent one; of times the recent ones; of filters that
 * may be off, some off.
 */
final class Values {
    /** Ranges of time mostly begin in the last 3 % or 10 % of what there is. */
    private static final double RECENT = 0.97;

    private static final double FAIRLY_RECENT = 0.9;
    private static final double OLD = 0.03;

    /** How many keys an application asks for at once. */
    private static final int KEYS = 5;

    private final ColumnSamples columns;

    Values(ColumnSamples columns) {
        this.columns = columns;
    }

    /**
     * @param types of the parameters, as the server inferred them
     */
    List<Binding> choose(ResolvedStatement statement, List<String> types) {
        if (types.isEmpty()) {
            return List.of(Binding.NONE);
        }
        Set<Binding> bindings = new LinkedHashSet<>();
        List<String> rare = values(statement, types, false);
        bindings.add(new Binding(rare));
        bindings.add(new Binding(values(statement, types, true)));
        List<Integer> optional = optional(statement);
        if (optional.size() > 1) {
            for (int kept : optional) {
                bindings.add(without(rare, types, optional, kept));
            }
        }
        return List.copyOf(bindings);
    }

    private static Binding without(
            List<String> values, List<String> types, List<Integer> optional, int kept) {
        List<String> some = new ArrayList<>(values);
        for (int number : optional) {
            if (number != kept && number <= types.size()) {
                some.set(number - 1, Literals.nullOf(types.get(number - 1)));
            }
        }
        return new Binding(some);
    }

    private static List<Integer> optional(ResolvedStatement statement) {
        return statement.uses().stream()
                .flatMap(use -> use.predicates().stream())
                .flatMap(predicate -> predicate.optional().stream().boxed())
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> values(ResolvedStatement statement, List<String> types, boolean frequent) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            String text = text(statement, i + 1, type, frequent);
            values.add(Literals.of(text, type));
        }
        return values;
    }

    private String text(ResolvedStatement statement, int parameter, String type, boolean frequent) {
        for (ParameterRole role : ParameterRole.of(statement, parameter)) {
            Optional<String> value = value(statement, role, type, frequent);
            if (value.isPresent()) {
                return value.get();
            }
        }
        return statement.limits().contains(parameter) ? "20" : ordinary(type);
    }

    private Optional<String> value(
            ResolvedStatement statement, ParameterRole role, String type, boolean frequent) {
        KnownTable table = role.use().table();
        Predicate predicate = role.predicate();
        if (predicate.kind() == Predicate.Kind.FULL_TEXT) {
            List<String> texts =
                    predicate.key().columns().map(Expression.Column::name).distinct().toList();
            return columns.word(table, texts, frequent);
        }
        Optional<ColumnFact> column =
                predicate
                        .key()
                        .columns()
                        .findFirst()
                        .map(Expression.Column::name)
                        .flatMap(table::column);
        if (column.isEmpty() || (!role.direct() && !fits(type, column.get()))) {
            return Optional.empty();
        }
        return switch (predicate.kind()) {
            case CONTAINMENT ->
                    type.startsWith("json")
                            ? columns.document(table, column.get().name())
                            : columns.frequent(table, column.get());
            case RANGE -> columns.at(table, column.get(), place(statement, role, frequent));
            case LIST -> list(table, column.get(), type, frequent);
            case EQUALITY ->
                    frequent
                            ? columns.frequent(table, column.get())
                            : columns.typical(table, column.get());
            case PREFIX, PATTERN ->
                    columns.typical(table, column.get())
                            .map(text -> text.substring(0, Math.min(4, text.length())) + "%");
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, FULL_TEXT -> Optional.empty();
        };
    }

    /** {@code column < $1 + interval '1 day'}: the parameter is of the column's type. */
    private static boolean fits(String type, ColumnFact column) {
        return type.equals(column.type());
    }

    private static double place(ResolvedStatement statement, ParameterRole role, boolean frequent) {
        Predicate predicate = role.predicate();
        double recent = frequent ? FAIRLY_RECENT : RECENT;
        if (predicate.operator().startsWith(">")) {
            return recent;
        }
        boolean bounded =
                role.use().predicates().stream()
                        .anyMatch(other ->
                                other.kind() == Predicate.Kind.RANGE
                                        && other.key().equals(predicate.key())
                                        && other.operator().startsWith(">"));
        if (bounded) {
            return 1;
        }
        boolean fromTheEnd =
                !role.use().order().isEmpty()
                        && role.use().order().getFirst().descending()
                        && role.use().order().getFirst().expression().equals(predicate.key());
        boolean cleaning = statement.shape().kind() == StatementShape.Kind.DELETE;
        return fromTheEnd && !cleaning ? recent : OLD;
    }

    private Optional<String> list(
            KnownTable table, ColumnFact column, String type, boolean frequent) {
        if (!type.endsWith("[]")) {
            return frequent ? columns.frequent(table, column) : columns.typical(table, column);
        }
        Set<String> keys = new LinkedHashSet<>();
        for (int i = 0; i < KEYS; i++) {
            columns.at(table, column, 0.9 + i * 0.02).ifPresent(keys::add);
        }
        return Optional.of(
                keys.stream()
                        .map(key -> '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                        .collect(Collectors.joining(",", "{", "}")));
    }

    /** Where nothing is known of the use, something that every type accepts. */
    private static String ordinary(String type) {
        if (type.endsWith("[]")) {
            return "{}";
        }
        return switch (type) {
            case "boolean" -> "true";
            case "interval" -> "7 days";
            case "date", "timestamp without time zone", "timestamp with time zone" -> "now";
            case "time without time zone", "time with time zone" -> "12:00";
            case "json", "jsonb" -> "{}";
            case "uuid" -> "00000000-0000-0000-0000-000000000000";
            case "inet", "cidr" -> "10.0.0.1";
            case "bytea", "text", "character varying", "character", "name" -> "a";
            case "regconfig" -> "simple";
            case "tsquery", "tsvector" -> "a";
            case "smallint", "integer", "bigint", "numeric", "real", "double precision", "oid" ->
                    "7";
            default -> "";
        };
    }
}
