package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.howdah.advisor.Expression.Call;
import org.howdah.advisor.Expression.Column;
import org.howdah.advisor.QueryBlock.OrderKey;
import org.howdah.advisor.QueryBlock.Trait;

/** The order of one table's rows that lets a block stop early. */
record Orders(List<OrderKey> keys, Optional<Expression> limit) {
    private static final Orders NONE = new Orders(List.of(), Optional.empty());

    static Orders of(QueryBlock block, Classifier table) {
        Optional<Orders> extreme = extreme(block, table);
        if (extreme.isPresent()) {
            return extreme.get();
        }
        // An aggregate or a window reads every row before it returns the first.
        boolean whole =
                block.has(Trait.AGGREGATES)
                        || block.has(Trait.WINDOWS)
                        || block.has(Trait.DISTINCT);
        if (whole) {
            return NONE;
        }
        List<OrderKey> keys = new ArrayList<>();
        for (OrderKey key : block.orderBy()) {
            if (!table.isKey(key.expression())) {
                break;
            }
            keys.add(key);
        }
        boolean rest = keys.isEmpty() && !block.orderBy().isEmpty();
        return new Orders(keys, rest ? Optional.empty() : block.limit());
    }

    /** {@code SELECT max(x)} reads one end of an index. */
    private static Optional<Orders> extreme(QueryBlock block, Classifier table) {
        if (block.outputs().size() != 1 || !block.groupBy().isEmpty()) {
            return Optional.empty();
        }
        Expression output = block.outputs().getFirst().expression();
        while (output instanceof Call call
                && call.name().toLowerCase(Locale.ROOT).equals("coalesce")) {
            output = call.parts().getFirst();
        }
        if (output instanceof Call call
                && (call.name().equals("max") || call.name().equals("min"))
                && call.parts().size() == 1
                && call.parts().getFirst() instanceof Column column
                && table.isKey(column)) {
            boolean descending = call.name().equals("max");
            OrderKey key = new OrderKey(column, descending, descending);
            Expression one = new Expression.Constant(Template.text("1"));
            return Optional.of(new Orders(List.of(key), Optional.of(one)));
        }
        return Optional.empty();
    }
}
