package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.howdah.advisor.Expression.AnyOf;
import org.howdah.advisor.Expression.Binary;
import org.howdah.advisor.Expression.Column;
import org.howdah.advisor.Expression.InList;
import org.howdah.advisor.Expression.Not;
import org.howdah.advisor.Expression.NullTest;
import org.howdah.advisor.Expression.Or;
import org.howdah.advisor.Expression.Query;
import org.howdah.advisor.Expression.TruthTest;
import org.howdah.advisor.Predicate.Kind;
import org.howdah.postgres.ColumnFact;

/** Says what conditions mean to an index on one table of one block. */
final class Classifier {
    private static final Map<String, String> COMMUTED =
            Map.of(
                    "=", "=", "<", ">", ">", "<", "<=", ">=", ">=", "<=", "@>", "<@", "<@", "@>",
                    "&&", "&&", "@@", "@@");

    private final Ownership ownership;
    private final Ownership.Owner self;
    private final KnownTable table;

    Classifier(Ownership ownership, Ownership.Owner self, KnownTable table) {
        this.ownership = ownership;
        this.self = self;
        this.table = table;
    }

    /**
     * A predicate on this table; none where an index of it could do nothing about the condition.
     */
    Optional<Predicate> classify(Expression condition) {
        return switch (condition) {
            case Binary binary -> binary(binary);
            case AnyOf any -> anyOf(any);
            case InList in -> in(in);
            case Query query -> query(query);
            case NullTest test -> nullTest(test);
            case TruthTest test ->
                    isKey(test.operand())
                            ? Optional.of(truth(test.operand(), test.value(), test.template()))
                            : Optional.empty();
            case Column column ->
                    isKey(column)
                            ? Optional.of(truth(column, true, column.template()))
                            : Optional.empty();
            case Not not ->
                    not.operand() instanceof Column column && isKey(column)
                            ? Optional.of(truth(column, false, not.template()))
                            : Optional.empty();
            case Or or -> optional(or);
            case Expression.And _,
                    Expression.Call _,
                    Expression.Cast _,
                    Expression.Constant _,
                    Expression.Other _,
                    Expression.Parameter _,
                    Expression.Star _ ->
                    Optional.empty();
        };
    }

    /** The arms of a disjunction all of which restrict this table; empty where one does not. */
    List<List<Predicate>> alternatives(Expression condition) {
        if (!(condition instanceof Or or)) {
            return List.of();
        }
        List<List<Predicate>> arms = new ArrayList<>();
        for (Expression arm : flattened(or)) {
            List<Predicate> predicates = new ArrayList<>();
            conjuncts(arm).forEach(part -> classify(part).ifPresent(predicates::add));
            if (predicates.isEmpty()) {
                return List.of();
            }
            arms.add(predicates);
        }
        return arms;
    }

    private static List<Expression> flattened(Or or) {
        return or.parts().stream()
                .flatMap(part ->
                        part instanceof Or inner
                                ? flattened(inner).stream()
                                : java.util.stream.Stream.of(part))
                .toList();
    }

    private static List<Expression> conjuncts(Expression expression) {
        return expression instanceof Expression.And and
                ? and.parts().stream().flatMap(part -> conjuncts(part).stream()).toList()
                : List.of(expression);
    }

    /** {@code $1 IS NULL OR column = $1}: a filter that is off when its parameter is NULL. */
    private Optional<Predicate> optional(Or or) {
        OptionalInt parameter = OptionalInt.empty();
        List<Expression> rest = new ArrayList<>();
        for (Expression part : flattened(or)) {
            boolean test =
                    part instanceof NullTest isNull
                            && isNull.isNull()
                            && isNull.operand().uncast() instanceof Expression.Parameter;
            if (test && part instanceof NullTest isNull) {
                parameter = isNull.parameters().mapToInt(Expression.Parameter::number).findFirst();
            } else {
                rest.add(part);
            }
        }
        if (parameter.isEmpty() || rest.size() != 1) {
            return Optional.empty();
        }
        int number = parameter.getAsInt();
        return classify(rest.getFirst()).map(predicate -> predicate.when(number));
    }

    private Optional<Predicate> binary(Binary binary) {
        if (isKey(binary.left()) && isValue(binary.right())) {
            return compared(binary.left(), binary.operator(), binary.right(), binary.template());
        }
        String commuted = COMMUTED.get(binary.operator());
        if (commuted != null && isKey(binary.right()) && isValue(binary.left())) {
            return compared(binary.right(), commuted, binary.left(), binary.template());
        }
        return Optional.empty();
    }

    private Optional<Predicate> compared(
            Expression key, String operator, Expression value, Template whole) {
        Optional<Kind> kind =
                switch (operator) {
                    case "=" -> Optional.of(truthValue(key, value).orElse(Kind.EQUALITY));
                    case "<", "<=", ">", ">=" -> Optional.of(Kind.RANGE);
                    case "~~" -> Optional.of(likeKind(value));
                    case "~~*", "~", "~*" -> Optional.of(Kind.PATTERN);
                    case "@>", "&&", "?", "?|", "?&", "@?" -> Optional.of(Kind.CONTAINMENT);
                    case "@@" -> Optional.of(Kind.FULL_TEXT);
                    default -> Optional.empty();
                };
        return kind.map(of ->
                new Predicate(
                        of,
                        plain(key),
                        operator,
                        value,
                        isForeign(value),
                        OptionalInt.empty(),
                        withCalls(whole)));
    }

    /** With a function of FROM in place of its name: {@code @@ query} says nothing by itself. */
    private Template withCalls(Template whole) {
        List<Template> pieces = new ArrayList<>();
        for (Template.Piece piece : whole.pieces()) {
            Optional<Template> call =
                    piece instanceof Template.ColumnName name
                            ? ownership.functionCalled(name.name(), self.block())
                            : Optional.empty();
            pieces.add(call.orElse(new Template(List.of(piece))));
        }
        return Template.join(pieces);
    }

    /** {@code active = true} is the same as {@code active}. */
    private Optional<Kind> truthValue(Expression key, Expression value) {
        boolean truth =
                plain(key) instanceof Column column
                        && table.column(column.name())
                                .map(ColumnFact::type)
                                .filter("boolean"::equals)
                                .isPresent();
        if (truth && value instanceof Expression.Constant constant) {
            return switch (constant.sql().toLowerCase(java.util.Locale.ROOT)) {
                case "true", "'t'", "'true'" -> Optional.of(Kind.IS_TRUE);
                case "false", "'f'", "'false'" -> Optional.of(Kind.IS_FALSE);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Kind likeKind(Expression pattern) {
        if (!(pattern.uncast() instanceof Expression.Constant constant)) {
            return Kind.PATTERN;
        }
        String text = constant.sql();
        boolean prefix =
                text.length() > 2 && text.startsWith("'") && "%_\\".indexOf(text.charAt(1)) < 0;
        return prefix ? Kind.PREFIX : Kind.PATTERN;
    }

    private Optional<Predicate> anyOf(AnyOf any) {
        if (!any.operator().equals("=") || !isKey(any.left()) || !isValue(any.array())) {
            return Optional.empty();
        }
        return Optional.of(list(any.left(), any.array(), isForeign(any.array()), any.template()));
    }

    private Optional<Predicate> in(InList in) {
        boolean usable = isKey(in.left()) && in.items().stream().allMatch(this::isValue);
        return usable
                ? Optional.of(
                        list(
                                in.left(),
                                in,
                                in.items().stream().anyMatch(this::isForeign),
                                in.template()))
                : Optional.empty();
    }

    private static Predicate list(
            Expression key, Expression value, boolean foreign, Template whole) {
        return new Predicate(
                Kind.LIST, plain(key), "=", value, foreign, OptionalInt.empty(), whole);
    }

    /** {@code key IN (SELECT ...)}: each row of the subquery may look one up. */
    private Optional<Predicate> query(Query query) {
        return query.in()
                .filter(this::isKey)
                .map(key ->
                        new Predicate(
                                Kind.EQUALITY,
                                plain(key),
                                "=",
                                query,
                                true,
                                OptionalInt.empty(),
                                query.template()));
    }

    private Optional<Predicate> nullTest(NullTest test) {
        if (!isKey(test.operand())) {
            return Optional.empty();
        }
        return Optional.of(
                new Predicate(
                        test.isNull() ? Kind.IS_NULL : Kind.IS_NOT_NULL,
                        plain(test.operand()),
                        "",
                        test.operand(),
                        false,
                        OptionalInt.empty(),
                        test.template()));
    }

    private static Predicate truth(Expression key, boolean value, Template whole) {
        return new Predicate(
                value ? Kind.IS_TRUE : Kind.IS_FALSE,
                plain(key),
                "",
                key,
                false,
                OptionalInt.empty(),
                whole);
    }

    /** A varchar column cast to text is the column itself to an index. */
    private static Expression plain(Expression key) {
        boolean text =
                key instanceof Expression.Cast cast
                        && (cast.type().equalsIgnoreCase("text")
                                || cast.type().equalsIgnoreCase("varchar"))
                        && cast.operand() instanceof Column;
        return text ? key.uncast() : key;
    }

    /** Whether it is made of columns of this table only, and of constants. */
    boolean isKey(Expression expression) {
        return expression.columns().findAny().isPresent()
                && expression.columns().allMatch(this::mine)
                && expression.parameters().findAny().isEmpty()
                && expression.all().noneMatch(Expression.Star.class::isInstance)
                && !expression.hasQuery();
    }

    private boolean isValue(Expression expression) {
        return expression.columns().noneMatch(this::mine);
    }

    private boolean isForeign(Expression expression) {
        return expression.columns().anyMatch(column -> !mine(column) && !fromFunction(column));
    }

    private boolean fromFunction(Column column) {
        return ownership
                .of(column, self.block())
                .filter(owner -> owner.block() == self.block())
                .map(owner -> ownership.source(owner) instanceof QueryBlock.Function)
                .orElse(false);
    }

    private boolean mine(Column column) {
        return ownership.of(column, self.block()).filter(self::equals).isPresent();
    }
}
