package org.howdah.advisor;

import java.util.List;

/**
 * Values for the parameters of a statement.
 *
 * @param values SQL literals with their types, in order
 */
record Binding(List<String> values) {
    static final Binding NONE = new Binding(List.of());

    Binding {
        values = List.copyOf(values);
    }

    String of(int parameter) {
        return parameter <= values.size() ? values.get(parameter - 1) : "NULL";
    }

    boolean isNull(int parameter) {
        return of(parameter).startsWith("NULL");
    }

    /**
     * The predicates that hold with these values: an optional one is off where its value is NULL.
     */
    boolean activates(Predicate predicate) {
        return predicate.optional().isEmpty() || !isNull(predicate.optional().getAsInt());
    }
}
