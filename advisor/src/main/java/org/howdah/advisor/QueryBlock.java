package org.howdah.advisor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One SELECT, or one UPDATE, DELETE, INSERT or MERGE, with what it reads; its subqueries and common
 * table expressions are blocks of their own.
 *
 * @param parent the block whose tables it may name too; none at the top
 * @param members the blocks of a set operation (UNION ...), of which this is the frame
 * @param target the source that is written
 * @param assigned the columns that an UPDATE sets
 */
record QueryBlock(
        OptionalInt parent,
        List<Source> sources,
        List<Condition> conditions,
        List<Output> outputs,
        List<Expression> groupBy,
        List<OrderKey> orderBy,
        Optional<Expression> limit,
        Set<Trait> traits,
        List<Integer> members,
        OptionalInt target,
        List<String> assigned) {
    /** What else a block does to its rows. */
    enum Trait {
        DISTINCT,
        AGGREGATES,
        WINDOWS,
        LOCKS,
        /** It must read all its rows before it can return the first. */
        SET_OPERATION
    }

    QueryBlock {
        sources = List.copyOf(sources);
        conditions = List.copyOf(conditions);
        outputs = List.copyOf(outputs);
        groupBy = List.copyOf(groupBy);
        orderBy = List.copyOf(orderBy);
        traits = Set.copyOf(traits);
        members = List.copyOf(members);
        assigned = List.copyOf(assigned);
    }

    /** Where rows come from. */
    sealed interface Source {
        String alias();
    }

    record Table(Optional<String> schema, String name, String alias) implements Source {}

    /** A subquery in FROM, or a reference to a common table expression. */
    record Derived(int block, String alias, List<String> columns) implements Source {
        public Derived {
            columns = List.copyOf(columns);
        }
    }

    record Function(Expression call, String alias) implements Source {}

    /**
     * One conjunct of WHERE or of a join's ON.
     *
     * @param only the sources whose rows it can keep away: the nullable side of an outer join;
     *     empty for all
     */
    record Condition(Expression expression, Set<Integer> only) {
        Condition {
            only = Set.copyOf(only);
        }

        boolean restricts(int source) {
            return only.isEmpty() || only.contains(source);
        }
    }

    record Output(String name, Expression expression) {}

    record OrderKey(Expression expression, boolean descending, boolean nullsFirst) {}

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /** Everything that is computed from the sources. */
    Stream<Expression> expressions() {
        return Stream.of(
                        conditions.stream().map(Condition::expression),
                        outputs.stream().map(Output::expression),
                        groupBy.stream(),
                        orderBy.stream().map(OrderKey::expression),
                        limit.stream(),
                        sources.stream()
                                .filter(Function.class::isInstance)
                                .map(source -> ((Function) source).call()))
                .flatMap(expressions -> expressions);
    }
}
