package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.howdah.advisor.Expression.Binary;
import org.howdah.advisor.Expression.Column;
import org.howdah.advisor.QueryBlock.Condition;
import org.howdah.advisor.QueryBlock.Derived;

/**
 * Moves comparisons with values from around a subquery into it, as the planner does: {@code SELECT
 * * FROM (SELECT a FROM t) x WHERE x.a = $1} looks up {@code t.a}.
 */
final class PushDown {
    private PushDown() {}

    static StatementShape apply(StatementShape shape) {
        List<QueryBlock> blocks = new ArrayList<>(shape.blocks());
        for (int i = 0; i < blocks.size(); i++) {
            QueryBlock block = blocks.get(i);
            for (Condition condition : block.conditions()) {
                for (int s = 0; s < block.sources().size(); s++) {
                    if (condition.restricts(s)
                            && block.sources().get(s) instanceof Derived derived
                            && derived.block() >= 0
                            && derived.columns().isEmpty()) {
                        QueryBlock inner = blocks.get(derived.block());
                        Optional<Condition> pushed = pushed(condition, block, derived, inner);
                        if (pushed.isPresent()) {
                            blocks.set(derived.block(), with(inner, pushed.get()));
                        }
                    }
                }
            }
        }
        return new StatementShape(shape.kind(), blocks);
    }

    private static Optional<Condition> pushed(
            Condition condition, QueryBlock outer, Derived derived, QueryBlock inner) {
        boolean closed =
                inner.limit().isPresent()
                        || inner.target().isPresent()
                        || inner.has(QueryBlock.Trait.WINDOWS)
                        || inner.has(QueryBlock.Trait.DISTINCT)
                        || !inner.members().isEmpty();
        if (closed
                || !(condition.expression() instanceof Binary binary)
                || !(binary.left() instanceof Column column)
                || binary.right().columns().findAny().isPresent()
                || binary.right().hasQuery()) {
            return Optional.empty();
        }
        boolean mine =
                column.table().map(derived.alias()::equals).orElse(outer.sources().size() == 1);
        if (!mine) {
            return Optional.empty();
        }
        return inner.outputs().stream()
                .filter(output -> output.name().equals(column.name()))
                .map(QueryBlock.Output::expression)
                .filter(expression -> expression instanceof Column)
                .filter(expression ->
                        !inner.has(QueryBlock.Trait.AGGREGATES)
                                || inner.groupBy().contains(expression))
                .findFirst()
                .map(expression ->
                        new Condition(
                                ExpressionReader.binary(
                                        binary.operator(), expression, binary.right()),
                                Set.of()));
    }

    private static QueryBlock with(QueryBlock block, Condition condition) {
        List<Condition> conditions = new ArrayList<>(block.conditions());
        conditions.add(condition);
        return new QueryBlock(
                block.parent(),
                block.sources(),
                conditions,
                block.outputs(),
                block.groupBy(),
                block.orderBy(),
                block.limit(),
                block.traits(),
                block.members(),
                block.target(),
                block.assigned());
    }
}
