package org.howdah.advisor;

import java.util.Optional;
import java.util.OptionalInt;
import org.howdah.advisor.Expression.Binary;
import org.howdah.advisor.Expression.Column;
import org.howdah.advisor.Ownership.Owner;

/**
 * What follows from two equalities: with {@code a.x = b.y} and {@code b.y = $1}, the planner looks
 * for {@code a.x = $1} at once, also behind an outer join.
 */
final class Transitivity {
    private final Ownership ownership;

    Transitivity(Ownership ownership) {
        this.ownership = ownership;
    }

    /** The predicate with a value in place of another table's column, where there is one. */
    Predicate of(Predicate predicate, Owner self, QueryBlock block) {
        boolean joined = predicate.foreign() && predicate.kind() == Predicate.Kind.EQUALITY;
        if (!joined || !(predicate.value() instanceof Column other)) {
            return predicate;
        }
        Optional<Owner> owner = ownership.of(other, self.block());
        return block.conditions().stream()
                .filter(condition -> condition.only().isEmpty())
                .map(QueryBlock.Condition::expression)
                .flatMap(condition -> valueOf(condition, other, owner, self).stream())
                .findFirst()
                .map(value -> equal(predicate, value))
                .orElse(predicate);
    }

    private Optional<Expression> valueOf(
            Expression condition, Column column, Optional<Owner> owner, Owner self) {
        if (!(condition instanceof Binary binary) || !binary.operator().equals("=")) {
            return Optional.empty();
        }
        if (same(binary.left(), column, owner, self) && constant(binary.right())) {
            return Optional.of(binary.right());
        }
        return same(binary.right(), column, owner, self) && constant(binary.left())
                ? Optional.of(binary.left())
                : Optional.empty();
    }

    private boolean same(Expression expression, Column column, Optional<Owner> owner, Owner self) {
        return expression instanceof Column other
                && other.name().equals(column.name())
                && ownership.of(other, self.block()).equals(owner);
    }

    private static boolean constant(Expression expression) {
        return expression.columns().findAny().isEmpty() && !expression.hasQuery();
    }

    private static Predicate equal(Predicate predicate, Expression value) {
        Template condition = predicate.key().template().then("=").then(value.template());
        return new Predicate(
                Predicate.Kind.EQUALITY,
                predicate.key(),
                "=",
                value,
                false,
                OptionalInt.empty(),
                condition);
    }
}
