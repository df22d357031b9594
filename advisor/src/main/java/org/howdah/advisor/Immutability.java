package org.howdah.advisor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.howdah.postgres.ColumnFact;
import org.howdah.postgres.Explain;
import org.howdah.postgres.Plan;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementException;
import org.howdah.postgres.UntrustedStatementException;

/**
 * Whether an index on an expression is possible: all its functions must be immutable. The planner
 * is asked, since that depends on the types of the arguments: it computes an expression of
 * constants in advance only if it is immutable.
 */
final class Immutability {
    private final Session session;
    private final Map<String, Boolean> known = new HashMap<>();

    /**
     * @param session with the search path of the statements
     */
    Immutability(Session session) {
        this.session = session;
    }

    boolean of(TableUse use, Expression expression) {
        String key = use.table().oid() + " " + expression.template().sql();
        return known.computeIfAbsent(key, unseen -> ask(use.table(), expression));
    }

    private boolean ask(KnownTable table, Expression expression) {
        Optional<String> constant = withSamples(table, expression);
        if (constant.isEmpty()) {
            return false;
        }
        String sql = "SELECT 1 WHERE (" + constant.get() + ") IS NULL";
        try {
            return folded(Explain.once(session, sql));
        } catch (StatementException | UntrustedStatementException refused) {
            return false;
        }
    }

    private static boolean folded(Plan plan) {
        return plan.root().detail("One-Time Filter").map("false"::equals).orElse(true);
    }

    private static Optional<String> withSamples(KnownTable table, Expression expression) {
        Map<String, String> samples = new HashMap<>();
        for (Expression.Column column : expression.columns().toList()) {
            Optional<String> sample = table.column(column.name()).flatMap(Immutability::sample);
            if (sample.isEmpty()) {
                return Optional.empty();
            }
            samples.put(column.name(), sample.get());
        }
        return Optional.of(
                expression
                        .template()
                        .sql(name -> samples.getOrDefault(name, "NULL"), number -> "$" + number));
    }

    /** A constant of the column's type that is not null: null would hide what functions are. */
    private static Optional<String> sample(ColumnFact column) {
        String text =
                switch (column.typeCategory()) {
                    case "A" -> "{}";
                    case "B" -> "true";
                    case "D" -> "2000-01-01";
                    case "I" -> "10.0.0.1";
                    case "N" -> "1";
                    case "S" -> "a";
                    case "T" -> "1 day";
                    case "E" ->
                            column.commonValues().stream()
                                    .findFirst()
                                    .or(() -> column.histogram().stream().findFirst())
                                    .orElse("");
                    default ->
                            switch (column.type()) {
                                case "json", "jsonb" -> "{}";
                                case "uuid" -> "00000000-0000-0000-0000-000000000000";
                                case "bytea" -> "a";
                                case "tsvector" -> "a";
                                default -> "";
                            };
                };
        return text.isEmpty() ? Optional.empty() : Optional.of(Literals.of(text, column.type()));
    }
}
