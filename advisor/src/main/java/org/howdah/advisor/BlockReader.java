package org.howdah.advisor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.howdah.advisor.QueryBlock.Trait;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** Reads the blocks of one statement; used once. */
final class BlockReader {
    private final List<@Nullable QueryBlock> blocks = new ArrayList<>();

    /**
     * What can be named at a place.
     *
     * @param common the blocks of the common table expressions in sight
     */
    record Scope(OptionalInt block, Map<String, Integer> common) {
        Scope in(int inner) {
            return new Scope(OptionalInt.of(inner), common);
        }

        Scope with(Map<String, Integer> more) {
            Map<String, Integer> all = new HashMap<>(common);
            all.putAll(more);
            return new Scope(block, all);
        }
    }

    StatementShape read(Data_statementContext statement) {
        Scope top = new Scope(OptionalInt.empty(), Map.of());
        StatementShape.Kind kind = kind(statement);
        statement(statement, top);
        List<QueryBlock> finished = new ArrayList<>();
        for (QueryBlock block : blocks) {
            if (block == null) {
                throw new UnreadableShape("one of its parts could not be read");
            }
            finished.add(block);
        }
        return new StatementShape(kind, finished);
    }

    private static StatementShape.Kind kind(Data_statementContext statement) {
        if (statement.select_stmt() != null) {
            return StatementShape.Kind.SELECT;
        } else if (statement.insert_stmt_for_psql() != null) {
            return StatementShape.Kind.INSERT;
        } else if (statement.update_stmt_for_psql() != null) {
            return StatementShape.Kind.UPDATE;
        } else if (statement.delete_stmt_for_psql() != null) {
            return StatementShape.Kind.DELETE;
        }
        return StatementShape.Kind.MERGE;
    }

    private int statement(Data_statementContext statement, Scope scope) {
        if (statement.select_stmt() != null) {
            return select(statement.select_stmt(), scope);
        }
        return new WriteReader(this).read(statement, scope);
    }

    int open() {
        blocks.add(null);
        return blocks.size() - 1;
    }

    void close(int number, QueryBlock block) {
        blocks.set(number, block);
    }

    int subquery(Select_stmtContext query, Scope scope) {
        return select(query, scope);
    }

    int subquery(Select_stmt_no_parensContext query, Scope scope) {
        Scope inner = common(query.with_clause(), scope);
        Select_ops_no_parensContext operations = query.select_ops_no_parens();
        if (operations.select_ops() == null) {
            return primary(operations.select_primary(), query.after_ops(), inner);
        }
        List<Integer> members = new ArrayList<>();
        members(operations.select_ops(), inner, members);
        if (operations.select_primary() != null) {
            members.add(primary(operations.select_primary(), List.of(), inner));
        } else {
            members.add(select(operations.select_stmt(), inner));
        }
        return frame(members, scope);
    }

    int select(Select_stmtContext query, Scope scope) {
        Scope inner = common(query.with_clause(), scope);
        Select_opsContext operations = query.select_ops();
        if (operations.select_primary() != null) {
            return primary(operations.select_primary(), query.after_ops(), inner);
        }
        if (operations.select_stmt() != null && query.after_ops().isEmpty()) {
            return select(operations.select_stmt(), inner);
        }
        List<Integer> members = new ArrayList<>();
        members(operations, inner, members);
        return frame(members, scope);
    }

    private void members(Select_opsContext operations, Scope scope, List<Integer> members) {
        if (operations.select_primary() != null) {
            members.add(primary(operations.select_primary(), List.of(), scope));
        } else if (operations.select_stmt() != null) {
            members.add(select(operations.select_stmt(), scope));
        } else {
            operations.select_ops().forEach(operation -> members(operation, scope, members));
        }
    }

    private int frame(List<Integer> members, Scope scope) {
        int number = open();
        close(
                number,
                new QueryBlock(
                        scope.block(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        EnumSet.of(Trait.SET_OPERATION),
                        members,
                        OptionalInt.empty(),
                        List.of()));
        return number;
    }

    Scope common(@Nullable With_clauseContext with, Scope scope) {
        Scope inner = scope;
        if (with == null) {
            return inner;
        }
        for (With_queryContext query : with.with_query()) {
            String name = Identifiers.name(query.query_name);
            // A recursive one sees itself: rows of its own, of which no index is known.
            Scope seen = with.RECURSIVE() == null ? inner : inner.with(Map.of(name, -1));
            int block = statement(query.data_statement(), seen);
            inner = inner.with(Map.of(name, block));
        }
        return inner;
    }

    private int primary(Select_primaryContext select, List<After_opsContext> after, Scope outer) {
        int number = open();
        Scope scope = outer.in(number);
        ExpressionReader expressions = new ExpressionReader(this, scope);
        SourceReader sources = new SourceReader(this, expressions, outer);
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (select.SELECT() == null) {
            return values(number, select, sources, expressions, outer);
        }
        select.from_item().forEach(item -> sources.read(item, Set.of()));
        List<QueryBlock.Output> outputs = outputs(select.select_list(), expressions);
        int vex = select.ON() == null ? 0 : distinctKeys(select);
        if (select.WHERE() != null) {
            sources.conjuncts(expressions.read(select.vex(vex++)), Set.of());
        }
        List<Expression> groupBy = new ArrayList<>();
        if (select.groupby_clause() != null) {
            expressions.parts(select.groupby_clause()).stream()
                    .map(key -> byPosition(key, outputs))
                    .forEach(groupBy::add);
            traits.add(Trait.AGGREGATES);
        }
        if (select.HAVING() != null) {
            outputs.add(new QueryBlock.Output("", expressions.read(select.vex(vex))));
            traits.add(Trait.AGGREGATES);
        }
        select.window_definition()
                .forEach(window ->
                        expressions.parts(window).stream()
                                .map(key -> new QueryBlock.Output("", key))
                                .forEach(outputs::add));
        if (select.set_qualifier() != null && select.set_qualifier().DISTINCT() != null) {
            traits.add(Trait.DISTINCT);
        }
        Aggregates.traits(outputs, traits);
        Tail tail = Tail.read(after, outputs, expressions, traits);
        close(
                number,
                new QueryBlock(
                        outer.block(),
                        sources.sources(),
                        sources.conditions(),
                        outputs,
                        groupBy,
                        tail.orderBy(),
                        tail.limit(),
                        traits,
                        List.of(),
                        OptionalInt.empty(),
                        List.of()));
        return number;
    }

    /** VALUES and TABLE. */
    private int values(
            int number,
            Select_primaryContext select,
            SourceReader sources,
            ExpressionReader expressions,
            Scope outer) {
        List<QueryBlock.Output> outputs = new ArrayList<>();
        if (select.values_stmt() != null) {
            expressions
                    .parts(select.values_stmt())
                    .forEach(value -> outputs.add(new QueryBlock.Output("", value)));
        } else {
            sources.table(select.schema_qualified_name(), Optional.empty());
            outputs.add(new QueryBlock.Output("*", new Expression.Star(Optional.empty())));
        }
        close(number, plain(outer, sources, outputs, OptionalInt.empty(), List.of(), Set.of()));
        return number;
    }

    static QueryBlock plain(
            Scope outer,
            SourceReader sources,
            List<QueryBlock.Output> outputs,
            OptionalInt target,
            List<String> assigned,
            Set<Trait> traits) {
        return new QueryBlock(
                outer.block(),
                sources.sources(),
                sources.conditions(),
                outputs,
                List.of(),
                List.of(),
                Optional.empty(),
                traits,
                List.of(),
                target,
                assigned);
    }

    /** How many expressions DISTINCT ON has: all but those of WHERE and HAVING. */
    private static int distinctKeys(Select_primaryContext select) {
        return select.vex().size()
                - (select.WHERE() == null ? 0 : 1)
                - (select.HAVING() == null ? 0 : 1);
    }

    static List<QueryBlock.Output> outputs(
            @Nullable Select_listContext list, ExpressionReader expressions) {
        List<QueryBlock.Output> outputs = new ArrayList<>();
        if (list == null) {
            return outputs;
        }
        for (Select_sublistContext item : list.select_sublist()) {
            Expression expression = expressions.read(item.vex());
            String name = "";
            if (item.col_label() != null) {
                name = Identifiers.name(item.col_label());
            } else if (item.bare_col_label() != null) {
                name = Identifiers.name(item.bare_col_label());
            } else if (expression.uncast() instanceof Expression.Column column) {
                name = column.name();
            } else if (expression.uncast() instanceof Expression.Call call) {
                name = call.name();
            }
            outputs.add(new QueryBlock.Output(name, expression));
        }
        return outputs;
    }

    /** {@code ORDER BY 1} and {@code GROUP BY 1} mean the first output. */
    static Expression byPosition(Expression key, List<QueryBlock.Output> outputs) {
        if (key instanceof Expression.Constant constant && constant.sql().matches("[1-9][0-9]?")) {
            int position = Integer.parseInt(constant.sql());
            if (position <= outputs.size()) {
                return outputs.get(position - 1).expression();
            }
        }
        return key;
    }

    static Set<Integer> among(int from, int to) {
        Set<Integer> numbers = new HashSet<>();
        for (int i = from; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
