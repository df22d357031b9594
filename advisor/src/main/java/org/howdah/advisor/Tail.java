package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.howdah.advisor.QueryBlock.OrderKey;
import org.howdah.advisor.QueryBlock.Trait;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** What stands behind a SELECT: order, limit, locks. */
record Tail(List<OrderKey> orderBy, Optional<Expression> limit) {
    static Tail read(
            List<After_opsContext> after,
            List<QueryBlock.Output> outputs,
            ExpressionReader expressions,
            Set<Trait> traits) {
        List<OrderKey> orderBy = new ArrayList<>();
        Optional<Expression> limit = Optional.empty();
        for (After_opsContext operation : after) {
            if (operation.orderby_clause() != null) {
                for (Sort_specifierContext key : operation.orderby_clause().sort_specifier()) {
                    orderBy.add(orderKey(key, outputs, expressions));
                }
            } else if (operation.LIMIT() != null && operation.ALL() == null) {
                limit = Optional.of(expressions.read(operation.vex()));
            } else if (operation.FETCH() != null) {
                limit =
                        Optional.of(
                                operation.vex() == null
                                        ? new Expression.Constant(Template.text("1"))
                                        : expressions.read(operation.vex()));
            } else if (operation.FOR() != null) {
                traits.add(Trait.LOCKS);
            }
        }
        return new Tail(orderBy, limit);
    }

    private static OrderKey orderKey(
            Sort_specifierContext key,
            List<QueryBlock.Output> outputs,
            ExpressionReader expressions) {
        Expression expression = byName(expressions.read(key.vex()), outputs);
        boolean descending =
                key.order_specification() != null && key.order_specification().DESC() != null;
        boolean nullsFirst =
                key.null_ordering() == null ? descending : key.null_ordering().FIRST() != null;
        return new OrderKey(BlockReader.byPosition(expression, outputs), descending, nullsFirst);
    }

    /** A bare name in ORDER BY is an output's, if one has it. */
    private static Expression byName(Expression key, List<QueryBlock.Output> outputs) {
        if (key instanceof Expression.Column column && column.table().isEmpty()) {
            return outputs.stream()
                    .filter(output -> output.name().equals(column.name()))
                    .findFirst()
                    .map(QueryBlock.Output::expression)
                    .orElse(key);
        }
        return key;
    }
}
