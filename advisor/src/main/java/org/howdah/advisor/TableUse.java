package org.howdah.advisor;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one query block of a statement uses one table.
 *
 * @param predicates all of which hold for the rows that it wants
 * @param alternatives each a disjunction: one list of predicates for each arm
 * @param order in which it wants them; empty where no index could save the sorting
 * @param limit where it stops after some of them
 * @param columns that it reads, those of the predicates among them
 * @param heap whether it needs the rows themselves: it writes or locks them
 */
record TableUse(
        int block,
        int source,
        KnownTable table,
        String alias,
        List<Predicate> predicates,
        List<List<List<Predicate>>> alternatives,
        List<QueryBlock.OrderKey> order,
        Optional<Expression> limit,
        Set<String> columns,
        boolean heap) {
    TableUse {
        predicates = List.copyOf(predicates);
        alternatives = List.copyOf(alternatives);
        order = List.copyOf(order);
        columns = Set.copyOf(columns);
    }
}
