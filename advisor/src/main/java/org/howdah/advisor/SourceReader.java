package org.howdah.advisor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.howdah.advisor.QueryBlock.Condition;
import org.howdah.advisor.QueryBlock.Source;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** Reads the FROM of one block, and collects the conditions on its rows. */
final class SourceReader {
    private final BlockReader blocks;
    private final ExpressionReader expressions;
    private final BlockReader.Scope outer;
    private final List<Source> sources = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();

    SourceReader(BlockReader blocks, ExpressionReader expressions, BlockReader.Scope outer) {
        this.blocks = blocks;
        this.expressions = expressions;
        this.outer = outer;
    }

    List<Source> sources() {
        return sources;
    }

    List<Condition> conditions() {
        return conditions;
    }

    /**
     * @param only the sources to which conditions in here are confined, by outer joins around;
     *     empty for all
     */
    void read(From_itemContext item, Set<Integer> only) {
        if (item.from_primary() != null) {
            primary(item.from_primary());
        } else if (item.from_item().size() == 1) {
            read(item.from_item(0), only);
        } else {
            join(item, only);
        }
    }

    private void join(From_itemContext item, Set<Integer> only) {
        int first = sources.size();
        int conditionsBefore = conditions.size();
        read(item.from_item(0), only);
        int second = sources.size();
        int conditionsBetween = conditions.size();
        read(item.from_item(1), only);
        Set<Integer> left = BlockReader.among(first, second);
        Set<Integer> right = BlockReader.among(second, sources.size());
        if (item.RIGHT() != null) {
            confine(conditionsBefore, conditionsBetween, left);
            on(item, left, second, narrowed(only, left));
        } else if (item.LEFT() != null) {
            confine(conditionsBetween, conditions.size(), right);
            on(item, left, second, narrowed(only, right));
        } else if (item.FULL() != null) {
            // Neither side loses a row to the condition: it restricts nothing.
            conditions.subList(conditionsBefore, conditions.size()).clear();
        } else {
            on(item, left, second, only);
        }
    }

    private static Set<Integer> narrowed(Set<Integer> only, Set<Integer> side) {
        if (only.isEmpty()) {
            return side;
        }
        Set<Integer> both = new HashSet<>(only);
        both.retainAll(side);
        return both;
    }

    private void confine(int from, int to, Set<Integer> side) {
        for (int i = from; i < to; i++) {
            Condition condition = conditions.get(i);
            conditions.set(
                    i, new Condition(condition.expression(), narrowed(condition.only(), side)));
        }
    }

    private void on(From_itemContext item, Set<Integer> left, int second, Set<Integer> only) {
        if (item.vex() != null) {
            conjuncts(expressions.read(item.vex()), only);
        } else if (item.names_in_parens() != null && !left.isEmpty() && second < sources.size()) {
            String leftAlias = sources.get(second - 1).alias();
            String rightAlias = sources.get(second).alias();
            for (String name : names(item.names_in_parens())) {
                Expression equal =
                        ExpressionReader.binary(
                                "=",
                                new Expression.Column(Optional.of(leftAlias), name),
                                new Expression.Column(Optional.of(rightAlias), name));
                conditions.add(new Condition(equal, only));
            }
        }
    }

    private static List<String> names(Names_in_parensContext names) {
        return names.names_references().schema_qualified_name().stream()
                .map(name -> Identifiers.parts(name).getLast())
                .toList();
    }

    void conjuncts(Expression expression, Set<Integer> only) {
        if (expression instanceof Expression.And and) {
            and.parts().forEach(part -> conjuncts(part, only));
        } else {
            conditions.add(new Condition(expression, only));
        }
    }

    private void primary(From_primaryContext primary) {
        if (primary.schema_qualified_name() != null) {
            table(primary.schema_qualified_name(), alias(primary.alias_clause()));
        } else if (primary.table_subquery() != null) {
            // Only a LATERAL one sees the sources beside it.
            BlockReader.Scope scope = primary.LATERAL() == null ? outer : expressions.scope();
            int block = blocks.subquery(primary.table_subquery().select_stmt(), scope);
            sources.add(
                    new QueryBlock.Derived(
                            block,
                            alias(primary.alias_clause()).orElse(""),
                            columns(primary.alias_clause())));
        } else {
            function(primary);
        }
    }

    private void function(From_primaryContext primary) {
        Expression call =
                primary.function_call() == null
                        ? new Expression.Other(
                                expressions.parts(primary), Template.text("ROWS FROM"))
                        : expressions.call(primary.function_call());
        String alias =
                primary.alias != null
                        ? Identifiers.name(primary.alias)
                        : call instanceof Expression.Call named ? named.name() : "";
        sources.add(new QueryBlock.Function(call, alias));
    }

    int table(Schema_qualified_nameContext name, Optional<String> alias) {
        List<String> parts = Identifiers.parts(name);
        String plain = parts.getLast();
        Integer common = outer.common().get(plain);
        if (parts.size() == 1 && common != null) {
            sources.add(new QueryBlock.Derived(common, alias.orElse(plain), List.of()));
        } else {
            sources.add(
                    new QueryBlock.Table(
                            parts.size() == 1 ? Optional.empty() : Optional.of(parts.getFirst()),
                            plain,
                            alias.orElse(plain)));
        }
        return sources.size() - 1;
    }

    OptionalInt target(Schema_qualified_nameContext name, @Nullable IdentifierContext alias) {
        List<String> parts = Identifiers.parts(name);
        String plain = parts.getLast();
        sources.add(
                new QueryBlock.Table(
                        parts.size() == 1 ? Optional.empty() : Optional.of(parts.getFirst()),
                        plain,
                        alias == null ? plain : Identifiers.name(alias)));
        return OptionalInt.of(sources.size() - 1);
    }

    private static Optional<String> alias(@Nullable Alias_clauseContext clause) {
        return clause == null ? Optional.empty() : Optional.of(Identifiers.name(clause.alias));
    }

    private static List<String> columns(@Nullable Alias_clauseContext clause) {
        return clause == null
                ? List.of()
                : clause.column_alias.stream().map(Identifiers::name).toList();
    }
}
