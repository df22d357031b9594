package org.howdah.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in a page: numbers to the right, a caption, a row for each thing. */
public final class HtmlTable {

    private final List<TerminalTable.Column> columns;
    private final List<Html> rows = new ArrayList<>();

    private HtmlTable(List<TerminalTable.Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** A table with these columns and no row yet. */
    public static HtmlTable of(TerminalTable.Column... columns) {
        return new HtmlTable(List.of(columns));
    }

    /** Adds a row of text, one for each column. */
    public HtmlTable row(String... texts) {
        return row(Arrays.stream(texts).map(Html::text).toArray(Html[]::new));
    }

    /** Adds a row, one cell for each column. */
    public HtmlTable row(Html... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "A row has "
                            + cells.length
                            + " cells and the table "
                            + columns.size()
                            + " columns.");
        }
        var row = new ArrayList<Html>();
        for (int i = 0; i < cells.length; i++) {
            row.add(cell("td", columns.get(i)).with(cells[i]));
        }
        rows.add(Html.tag("tr").with(row));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public Html html() {
        var heads =
                columns.stream()
                        .map(c -> cell("th", c).attr("scope", "col").with(c.title()))
                        .toList();
        Html head = Html.tag("thead").with(Html.tag("tr").with(heads));
        Html table = Html.tag("table").with(head, Html.tag("tbody").with(rows));
        return Html.tag("div").attr("class", "scroll").with(table);
    }

    private static Html.Tag cell(String name, TerminalTable.Column column) {
        if (column.align() == TerminalTable.Align.RIGHT) {
            return Html.tag(name).attr("class", "number");
        }
        return column.wraps() ? Html.tag(name).attr("class", "prose") : Html.tag(name);
    }
}
