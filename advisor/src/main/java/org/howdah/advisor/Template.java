package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.howdah.postgres.QualifiedName;

/** The text of an expression in which columns and parameters can be replaced. */
record Template(List<Piece> pieces) {
    sealed interface Piece {}

    /**
     * @param tight whether it stands close to what is before it, as the bracket of a call
     */
    record Text(String text, boolean tight) implements Piece {}

    record ColumnName(String name) implements Piece {}

    record ParameterNumber(int number) implements Piece {}

    Template {
        pieces = List.copyOf(pieces);
    }

    static Template text(String text) {
        return new Template(List.of(new Text(text, false)));
    }

    /** Text that stands close to what is before it. */
    static Template tight(String text) {
        return new Template(List.of(new Text(text, true)));
    }

    static Template column(String name) {
        return new Template(List.of(new ColumnName(name)));
    }

    static Template parameter(int number) {
        return new Template(List.of(new ParameterNumber(number)));
    }

    static Template join(List<Template> templates) {
        List<Piece> pieces = new ArrayList<>();
        templates.forEach(template -> pieces.addAll(template.pieces()));
        return new Template(pieces);
    }

    Template then(String text) {
        return join(List.of(this, text(text)));
    }

    Template then(Template next) {
        return join(List.of(this, next));
    }

    /** With plain quoted columns, as in an index definition. */
    String sql() {
        return sql(QualifiedName::quote, number -> "$" + number);
    }

    String sql(Function<String, String> column, IntFunction<String> parameter) {
        StringBuilder sql = new StringBuilder();
        for (Piece piece : pieces) {
            String text =
                    switch (piece) {
                        case Text plain -> plain.text();
                        case ColumnName name -> column.apply(name.name());
                        case ParameterNumber number -> parameter.apply(number.number());
                    };
            boolean tight = piece instanceof Text plain && plain.tight();
            if (!sql.isEmpty() && !tight && spaced(sql, text)) {
                sql.append(' ');
            }
            sql.append(text);
        }
        return sql.toString();
    }

    private static boolean spaced(StringBuilder before, String text) {
        char last = before.charAt(before.length() - 1);
        boolean opened = last == '(' || last == '[' || last == '.' || last == ':';
        return !opened
                && switch (text) {
                    case ",", ")", "]", "[", ".", "::" -> false;
                    default -> true;
                };
    }

    @Override
    public String toString() {
        return sql();
    }
}
