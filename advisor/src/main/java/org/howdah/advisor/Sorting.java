package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;

/** The keys that make an index return rows in the order that a use of its table wants. */
final class Sorting {
    private Sorting() {}

    /**
     * A B-tree can be read backwards: if the first key is to descend, all are turned round, so that
     * the index itself mostly ascends and more statements can share it.
     *
     * @param pinned predicates that leave one value of their key, which needs no sorting
     * @return empty where one of the keys cannot be indexed
     */
    static List<IndexSpec.Key> keys(TableUse use, List<Predicate> pinned, Immutability immutable) {
        List<IndexSpec.Key> keys = new ArrayList<>();
        boolean turn = use.order().getFirst().descending();
        for (QueryBlock.OrderKey order : use.order()) {
            Expression expression = order.expression();
            if (pinned.stream().anyMatch(pin -> pin.key().equals(expression))) {
                continue;
            }
            if (!(expression instanceof Expression.Column) && !immutable.of(use, expression)) {
                return List.of();
            }
            boolean descending = order.descending() != turn;
            boolean nullsFirst = order.nullsFirst() != turn;
            keys.add(IndexSpec.Key.of(expression).ordered(descending, nullsFirst));
        }
        return keys;
    }
}
