package org.howdah.advisor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An expression of a statement, as far as an index could care. Whatever is of no use to an index is
 * {@link Other}, with its parts, so that no column is lost.
 */
sealed interface Expression {
    Template template();

    /** The expressions directly within, subqueries excluded. */
    List<Expression> parts();

    /** This expression and all within it. */
    default Stream<Expression> all() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(Expression::all));
    }

    default Stream<Column> columns() {
        return all().filter(Column.class::isInstance).map(Column.class::cast);
    }

    default Stream<Parameter> parameters() {
        return all().filter(Parameter.class::isInstance).map(Parameter.class::cast);
    }

    default boolean hasQuery() {
        return all().anyMatch(Query.class::isInstance);
    }

    /** The same without the casts around it. */
    default Expression uncast() {
        return this instanceof Cast cast ? cast.operand().uncast() : this;
    }

    /**
     * @param table the alias or name in front of it
     */
    record Column(Optional<String> table, String name) implements Expression {
        @Override
        public Template template() {
            return Template.column(name);
        }

        @Override
        public List<Expression> parts() {
            return List.of();
        }
    }

    /** {@code *} or {@code t.*}. */
    record Star(Optional<String> table) implements Expression {
        @Override
        public Template template() {
            return Template.text("*");
        }

        @Override
        public List<Expression> parts() {
            return List.of();
        }
    }

    /** {@code $n}. */
    record Parameter(int number) implements Expression {
        @Override
        public Template template() {
            return Template.parameter(number);
        }

        @Override
        public List<Expression> parts() {
            return List.of();
        }
    }

    /** A literal, with its type where it is written with one. */
    record Constant(Template template) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of();
        }

        String sql() {
            return template.sql();
        }

        boolean isNull() {
            return sql().equalsIgnoreCase("null");
        }
    }

    /**
     * @param name in lower case unless it was quoted
     * @param window whether it has an OVER clause
     */
    record Call(
            Optional<String> schema,
            String name,
            List<Expression> parts,
            boolean window,
            Template template)
            implements Expression {
        public Call {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A binary operator.
     *
     * @param operator as the catalogue names it: LIKE is {@code ~~}
     */
    record Binary(String operator, Expression left, Expression right, Template template)
            implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(left, right);
        }
    }

    /** {@code left operator ANY (array)}; ALL is {@link Other}. */
    record AnyOf(String operator, Expression left, Expression array, Template template)
            implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(left, array);
        }
    }

    /** {@code left IN (items)}; NOT IN is {@link Other}. */
    record InList(Expression left, List<Expression> items, Template template)
            implements Expression {
        public InList {
            items = List.copyOf(items);
        }

        @Override
        public List<Expression> parts() {
            return Stream.concat(Stream.of(left), items.stream()).toList();
        }
    }

    record And(List<Expression> parts, Template template) implements Expression {
        public And {
            parts = List.copyOf(parts);
        }
    }

    record Or(List<Expression> parts, Template template) implements Expression {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(Expression operand, Template template) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(operand);
        }
    }

    record NullTest(Expression operand, boolean isNull, Template template) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(operand);
        }
    }

    /** {@code IS TRUE} or {@code IS FALSE}; the negated forms are {@link Other}. */
    record TruthTest(Expression operand, boolean value, Template template) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(operand);
        }
    }

    record Cast(Expression operand, String type, Template template) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(operand);
        }
    }

    /**
     * A subquery: scalar, EXISTS, or the right side of IN.
     *
     * @param block its number among the statement's blocks
     * @param in the left side, where this is {@code left IN (SELECT ...)}
     */
    record Query(int block, Optional<Expression> in) implements Expression {
        @Override
        public Template template() {
            return Template.text("(SELECT)");
        }

        @Override
        public List<Expression> parts() {
            return in.stream().toList();
        }
    }

    record Other(List<Expression> parts, Template template) implements Expression {
        public Other {
            parts = List.copyOf(parts);
        }
    }
}
