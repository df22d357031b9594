package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.howdah.postgres.QualifiedName;

/** The text of an expression in which columns and parameters can be replaced. */
record Template(List<Piece> pieces) {
    sealed interface Piece {}

    record Text(String text) implements Piece {}

    record ColumnName(String name) implements Piece {}

    record ParameterNumber(int number) implements Piece {}

    Template {
        pieces = List.copyOf(pieces);
    }

    static Template text(String text) {
        return new Template(List.of(new Text(text)));
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
        return pieces.stream()
                .map(
                        piece ->
                                switch (piece) {
                                    case Text text -> text.text();
                                    case ColumnName name -> column.apply(name.name());
                                    case ParameterNumber number -> parameter.apply(number.number());
                                })
                .collect(Collectors.joining(" "))
                .strip();
    }

    @Override
    public String toString() {
        return sql();
    }
}
