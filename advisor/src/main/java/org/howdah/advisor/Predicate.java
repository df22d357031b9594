package org.howdah.advisor;

import java.util.OptionalInt;

/**
 * A condition on the rows of one table that an index on its key could answer.
 *
 * @param key a column, or an expression of columns of that table only
 * @param operator with the key on its left
 * @param value what the key is compared with; the key itself where there is nothing
 * @param foreign whether the value comes from other tables
 * @param optional the parameter that switches the condition off when it is NULL
 * @param condition the whole of it, as SQL on the table alone
 */
record Predicate(
        Kind kind,
        Expression key,
        String operator,
        Expression value,
        boolean foreign,
        OptionalInt optional,
        Template condition) {
    enum Kind {
        EQUALITY,
        /** One of several values. */
        LIST,
        RANGE,
        IS_NULL,
        IS_NOT_NULL,
        IS_TRUE,
        IS_FALSE,
        PREFIX,
        /** A pattern that begins with a wildcard, or without regard to case. */
        PATTERN,
        /** Containment in JSON or arrays. */
        CONTAINMENT,
        FULL_TEXT
    }

    /** Whether each value of the key gives one place in a B-tree. */
    boolean pins() {
        return switch (kind) {
            case EQUALITY, LIST, IS_NULL, IS_TRUE, IS_FALSE -> true;
            case RANGE, IS_NOT_NULL, PREFIX, PATTERN, CONTAINMENT, FULL_TEXT -> false;
        };
    }

    boolean ranges() {
        return kind == Kind.RANGE || kind == Kind.PREFIX;
    }

    /** Whether it says the same with every execution. */
    boolean constant() {
        return optional.isEmpty()
                && !foreign
                && switch (kind) {
                    case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE -> true;
                    case EQUALITY -> value.uncast() instanceof Expression.Constant;
                    case LIST ->
                            value.parts().stream()
                                    .skip(1)
                                    .allMatch(item -> item.uncast() instanceof Expression.Constant);
                    case RANGE, PREFIX, PATTERN, CONTAINMENT, FULL_TEXT -> false;
                };
    }

    Predicate when(int parameter) {
        return new Predicate(
                kind, key, operator, value, foreign, OptionalInt.of(parameter), condition);
    }
}
