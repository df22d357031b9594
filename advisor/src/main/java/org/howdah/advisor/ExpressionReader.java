package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.howdah.advisor.Expression.And;
import org.howdah.advisor.Expression.AnyOf;
import org.howdah.advisor.Expression.Binary;
import org.howdah.advisor.Expression.Call;
import org.howdah.advisor.Expression.Cast;
import org.howdah.advisor.Expression.Constant;
import org.howdah.advisor.Expression.InList;
import org.howdah.advisor.Expression.Not;
import org.howdah.advisor.Expression.NullTest;
import org.howdah.advisor.Expression.Or;
import org.howdah.advisor.Expression.Other;
import org.howdah.advisor.Expression.Query;
import org.howdah.advisor.Expression.Star;
import org.howdah.advisor.Expression.TruthTest;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** Makes expressions of parse trees; the subqueries in them go to the reader of blocks. */
final class ExpressionReader {
    private final BlockReader blocks;
    private final BlockReader.Scope scope;

    ExpressionReader(BlockReader blocks, BlockReader.Scope scope) {
        this.blocks = blocks;
        this.scope = scope;
    }

    BlockReader.Scope scope() {
        return scope;
    }

    Expression read(VexContext vex) {
        Template template = TemplateReader.read(vex);
        if (vex.value_expression_primary() != null) {
            return primary(vex.value_expression_primary());
        } else if (vex.data_type() != null) {
            return new Cast(read(vex.vex(0)), vex.data_type().getText(), template);
        } else if (vex.IN() != null) {
            return in(vex, template);
        } else if (vex.LEFT_PAREN() != null) {
            boolean plain = vex.vex().size() == 1 && vex.indirection_list() == null;
            return plain ? parenthesized(vex, template) : other(vex, template);
        } else if (vex.BETWEEN() != null) {
            return between(vex, template);
        } else if (vex.AND() != null) {
            return new And(List.of(read(vex.vex(0)), read(vex.vex(1))), template);
        } else if (vex.OR() != null) {
            return new Or(List.of(read(vex.vex(0)), read(vex.vex(1))), template);
        } else if (vex.LIKE() != null || vex.ILIKE() != null) {
            return like(vex, template);
        } else if (vex.ISNULL() != null || vex.NOTNULL() != null) {
            return new NullTest(read(vex.vex(0)), vex.ISNULL() != null, template);
        } else if (vex.IS() != null) {
            return is(vex, template);
        } else if (vex.NOT() != null && vex.vex().size() == 1) {
            return new Not(read(vex.vex(0)), template);
        }
        return operation(vex, template);
    }

    private Expression parenthesized(VexContext vex, Template template) {
        Expression within = read(vex.vex(0));
        return switch (within) {
            case And and -> new And(and.parts(), template);
            case Or or -> new Or(or.parts(), template);
            case Binary binary ->
                    new Binary(binary.operator(), binary.left(), binary.right(), template);
            default -> within;
        };
    }

    private Expression operation(VexContext vex, Template template) {
        Optional<String> operator = operator(vex);
        if (operator.isPresent() && vex.vex().size() == 2) {
            Expression left = read(vex.vex(0));
            VexContext right = vex.vex(1);
            Optional<Comparison_modContext> any = comparisonOf(right);
            if (any.isPresent()) {
                return quantified(operator.get(), left, any.get(), template);
            }
            return new Binary(operator.get(), left, read(right), template);
        }
        boolean sign = vex.vex().size() == 1 && (vex.MINUS() != null || vex.PLUS() != null);
        if (sign && read(vex.vex(0)) instanceof Constant) {
            return new Constant(template);
        }
        return other(vex, template);
    }

    private Optional<Comparison_modContext> comparisonOf(VexContext vex) {
        return vex.value_expression_primary() == null
                ? Optional.empty()
                : Optional.ofNullable(vex.value_expression_primary().comparison_mod());
    }

    private Expression quantified(
            String operator, Expression left, Comparison_modContext any, Template template) {
        if (any.select_stmt_no_parens() != null) {
            int block = blocks.subquery(any.select_stmt_no_parens(), scope);
            boolean in = operator.equals("=") && any.ALL() == null;
            return in
                    ? new Query(block, Optional.of(left))
                    : new Other(List.of(left, new Query(block, Optional.empty())), template);
        }
        Expression array = read(any.vex());
        return any.ALL() == null
                ? new AnyOf(operator, left, array, template)
                : new Other(List.of(left, array), template);
    }

    private Expression in(VexContext vex, Template template) {
        Expression left = read(vex.vex(0));
        boolean negated = vex.NOT() != null;
        if (vex.select_stmt_no_parens() != null) {
            int block = blocks.subquery(vex.select_stmt_no_parens(), scope);
            return negated
                    ? new Other(List.of(left, new Query(block, Optional.empty())), template)
                    : new Query(block, Optional.of(left));
        }
        List<Expression> items =
                vex.vex().subList(1, vex.vex().size()).stream().map(this::read).toList();
        if (negated) {
            List<Expression> parts = new ArrayList<>(items);
            parts.addFirst(left);
            return new Other(parts, template);
        }
        return new InList(left, items, template);
    }

    private Expression between(VexContext vex, Template template) {
        Expression value = read(vex.vex(0));
        Expression low = read(vex.vex_b());
        Expression high = read(vex.vex(1));
        if (vex.NOT() != null || vex.SYMMETRIC() != null) {
            return new Other(List.of(value, low, high), template);
        }
        return new And(List.of(binary(">=", value, low), binary("<=", value, high)), template);
    }

    static Binary binary(String operator, Expression left, Expression right) {
        return new Binary(
                operator, left, right, left.template().then(operator).then(right.template()));
    }

    private Expression like(VexContext vex, Template template) {
        if (vex.ESCAPE() != null) {
            return other(vex, template);
        }
        String operator = (vex.NOT() == null ? "" : "!") + "~~" + (vex.LIKE() == null ? "*" : "");
        Optional<Comparison_modContext> any = comparisonOf(vex.vex(1));
        if (any.isPresent()) {
            return quantified(operator, read(vex.vex(0)), any.get(), template);
        }
        return new Binary(operator, read(vex.vex(0)), read(vex.vex(1)), template);
    }

    private Expression is(VexContext vex, Template template) {
        if (vex.vex().size() == 1 && vex.NULL() != null && vex.JSON() == null) {
            return new NullTest(read(vex.vex(0)), vex.NOT() == null, template);
        }
        if (vex.vex().size() == 1 && vex.truth_value() != null && vex.NOT() == null) {
            return new TruthTest(
                    read(vex.vex(0)),
                    vex.truth_value().getText().equalsIgnoreCase("true"),
                    template);
        }
        return other(vex, template);
    }

    private static Optional<String> operator(VexContext vex) {
        if (vex.op() != null) {
            String written = vex.op().getText();
            // OPERATOR(schema.@>) counts as @>.
            boolean qualified = vex.op().OPERATOR() != null;
            return Optional.of(
                    qualified
                            ? written.substring(written.lastIndexOf('.') + 1, written.length() - 1)
                            : written);
        }
        for (ParseTree child : vex.children) {
            if (child instanceof TerminalNode terminal) {
                return switch (terminal.getText()) {
                    case "=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "^" ->
                            Optional.of(terminal.getText());
                    case "<>", "!=" -> Optional.of("<>");
                    default -> Optional.empty();
                };
            }
        }
        return Optional.empty();
    }

    private Expression read(Vex_bContext vex) {
        return vex.value_expression_primary() != null
                ? primary(vex.value_expression_primary())
                : other(vex, TemplateReader.read(vex));
    }

    private Expression primary(Value_expression_primaryContext primary) {
        Template template = TemplateReader.read(primary);
        if (primary.expr_const() != null
                || primary.type_coercion() != null
                || primary.NULL() != null) {
            return new Constant(template);
        } else if (primary.MULTIPLY() != null) {
            return new Star(Optional.empty());
        } else if (primary.select_stmt_no_parens() != null) {
            int block = blocks.subquery(primary.select_stmt_no_parens(), scope);
            return new Query(block, Optional.empty());
        } else if (primary.table_subquery() != null) {
            int block = blocks.subquery(primary.table_subquery().select_stmt(), scope);
            return new Query(block, Optional.empty());
        } else if (primary.indirection_var() != null) {
            return VariableReader.read(primary.indirection_var(), template);
        } else if (primary.function_call() != null) {
            return call(primary.function_call());
        }
        return other(primary, template);
    }

    Expression call(Function_callContext call) {
        Template template = TemplateReader.read(call);
        Schema_qualified_name_nontypeContext named = call.schema_qualified_name_nontype();
        if (named == null) {
            return standardCall(call, template);
        }
        // The star of count(*) is no column.
        List<Expression> parts =
                parts(call).stream()
                        .filter(part -> !part.equals(new Star(Optional.empty())))
                        .toList();
        Optional<String> schema = Optional.ofNullable(named.identifier()).map(Identifiers::name);
        String name =
                named.identifier_nontype() != null
                        ? Identifiers.name(named.identifier_nontype())
                        : Identifiers.name(named.identifier_reserved_nontype());
        return new Call(schema, name, parts, call.OVER() != null, template);
    }

    /** COALESCE, CAST, EXTRACT, CURRENT_DATE and others with a syntax of their own. */
    private Expression standardCall(Function_callContext call, Template template) {
        System_functionContext system = call.system_function();
        if (system != null
                && system.cast_specification() != null
                && system.cast_specification().CAST() != null) {
            Cast_specificationContext cast = system.cast_specification();
            return new Cast(read(cast.vex()), cast.data_type().getText(), template);
        }
        String name = call.getStart().getText().toLowerCase(Locale.ROOT);
        return new Call(Optional.empty(), name, parts(call), false, template);
    }

    private Expression other(ParseTree tree, Template template) {
        return new Other(parts(tree), template);
    }

    /** The expressions directly within a tree of any kind. */
    List<Expression> parts(ParseTree tree) {
        List<Expression> found = new ArrayList<>();
        for (int i = 0; i < tree.getChildCount(); i++) {
            collect(tree.getChild(i), found);
        }
        return found;
    }

    private void collect(ParseTree tree, List<Expression> found) {
        switch (tree) {
            case VexContext vex -> found.add(read(vex));
            case Vex_bContext vex -> found.add(read(vex));
            case Value_expression_primaryContext primary -> found.add(primary(primary));
            case Table_subqueryContext query ->
                    found.add(
                            new Query(
                                    blocks.subquery(query.select_stmt(), scope), Optional.empty()));
            case Select_stmt_no_parensContext query ->
                    found.add(new Query(blocks.subquery(query, scope), Optional.empty()));
            default -> found.addAll(parts(tree));
        }
    }
}
