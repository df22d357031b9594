package org.howdah.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.howdah.wire.Column;

/** What a SHOW command answers: rows that are filled value by value, from left to right. */
final class ConsoleTable {

    private final List<Column> columns;
    private final List<List<Optional<String>>> rows = new ArrayList<>();

    ConsoleTable(List<Column> columns) {
        this.columns = columns;
    }

    List<Column> columns() {
        return columns;
    }

    List<List<Optional<String>>> rows() {
        return rows;
    }

    Row row() {
        List<Optional<String>> values = new ArrayList<>(columns.size());
        rows.add(values);
        return new Row(values);
    }

    /** A row that is being filled. */
    record Row(List<Optional<String>> values) {

        Row text(String value) {
            values.add(Optional.of(value));
            return this;
        }

        Row optional(Optional<String> value) {
            values.add(value);
            return this;
        }

        Row number(long value) {
            return text(Long.toString(value));
        }

        /** The SQL null. */
        Row nothing() {
            values.add(Optional.empty());
            return this;
        }
    }
}
