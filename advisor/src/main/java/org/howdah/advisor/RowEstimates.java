package org.howdah.advisor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.howdah.postgres.Explain;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementException;
import org.howdah.postgres.UntrustedStatementException;

/** How many rows the planner expects behind conditions on one table; asked once for each. */
final class RowEstimates {
    // DEFAULT_EQ_SEL and DEFAULT_INEQ_SEL of src/include/utils/selfuncs.h.
    private static final double UNKNOWN_EQUALITY = 0.005;
    private static final double UNKNOWN_OTHER = 0.3333;

    private final Session session;
    private final Map<String, Double> known = new HashMap<>();

    /**
     * @param session with the search path of the statements
     */
    RowEstimates(Session session) {
        this.session = session;
    }

    /** Rows that fulfil all these; for conditions on other tables' rows, for one of those. */
    double rows(KnownTable table, List<Predicate> predicates, Binding binding) {
        List<Predicate> active = predicates.stream().filter(binding::activates).toList();
        double rows =
                local(
                        table,
                        active.stream().filter(predicate -> !predicate.foreign()).toList(),
                        binding);
        for (Predicate predicate : active) {
            if (predicate.foreign()) {
                rows *= foreignShare(table, predicate);
            }
        }
        return Math.max(rows, 1);
    }

    private static double foreignShare(KnownTable table, Predicate predicate) {
        if (!predicate.pins()) {
            return UNKNOWN_OTHER;
        }
        if (predicate.key() instanceof Expression.Column column) {
            return 1 / Math.max(1, table.distinct(column.name()).orElse(200));
        }
        return UNKNOWN_EQUALITY;
    }

    private double local(KnownTable table, List<Predicate> predicates, Binding binding) {
        if (predicates.isEmpty()) {
            return table.rows();
        }
        String sql =
                "SELECT FROM "
                        + table.name().sql()
                        + predicates.stream()
                                .map(predicate ->
                                        "("
                                                + predicate
                                                        .condition()
                                                        .sql(QualifiedName::quote, binding::of)
                                                + ")")
                                .sorted()
                                .collect(Collectors.joining(" AND ", " WHERE ", ""));
        return known.computeIfAbsent(sql, unseen -> ask(unseen, table, predicates));
    }

    private double ask(String sql, KnownTable table, List<Predicate> predicates) {
        try {
            return Explain.once(session, sql).root().rows();
        } catch (StatementException | UntrustedStatementException refused) {
            double share = 1;
            for (Predicate predicate : predicates) {
                share *= predicate.pins() ? UNKNOWN_EQUALITY : UNKNOWN_OTHER;
            }
            return table.rows() * share;
        }
    }
}
