package org.howdah.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table for a terminal: columns sized by their content, long text wrapped so that no line is
 * wider than the terminal, no frame, a rule under the head. Cells are made harmless first: control
 * characters in names never reach the terminal.
 */
public final class TerminalTable {

    private static final int GAP = 2;
    private static final int MIN_WRAPPED = 12;

    private final List<Column> columns;
    private final List<Entry> entries = new ArrayList<>();

    private TerminalTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** A table with these columns and no row yet. */
    public static TerminalTable of(Column... columns) {
        return new TerminalTable(List.of(columns));
    }

    /** Adds a row of unstyled cells, one for each column. */
    public TerminalTable row(String... texts) {
        return row(Arrays.stream(texts).map(Cell::of).toArray(Cell[]::new));
    }

    /** Adds a row, one cell for each column. */
    public TerminalTable row(Cell... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "A row has "
                            + cells.length
                            + " cells and the table "
                            + columns.size()
                            + " columns.");
        }
        entries.add(new Row(List.of(cells)));
        return this;
    }

    /** Adds a line over the whole width that heads the rows after it. */
    public TerminalTable heading(String text, Style style) {
        entries.add(new Heading(text, style));
        return this;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The table as lines, each ended by a line feed. */
    public String render(Terminal terminal) {
        int[] widths = widths(terminal.width());
        var out = new StringBuilder();
        if (columns.stream().anyMatch(c -> !c.title().isEmpty())) {
            var titles = columns.stream().map(c -> new Cell(c.title(), Style.STRONG)).toList();
            appendRow(out, titles, widths, terminal);
            int total = Arrays.stream(widths).sum() + GAP * (widths.length - 1);
            String rule = (terminal.unicode() ? "─" : "-").repeat(total);
            out.append(terminal.paint(Style.MUTED, rule)).append('\n');
        }
        for (int i = 0; i < entries.size(); i++) {
            switch (entries.get(i)) {
                case Row row -> appendRow(out, row.cells(), widths, terminal);
                case Heading heading -> {
                    if (i > 0) {
                        out.append('\n');
                    }
                    for (String line : DisplayText.wrap(heading.text(), terminal.width())) {
                        out.append(terminal.paint(heading.style(), line)).append('\n');
                    }
                }
            }
        }
        return out.toString();
    }

    /** Natural widths, then the widest wrapping columns are made narrower until the row fits. */
    private int[] widths(int available) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(1, naturalWidth(i));
        }
        int room = available - GAP * (widths.length - 1);
        shrink(widths, room, true, MIN_WRAPPED);
        shrink(widths, room, false, 1);
        return widths;
    }

    private int naturalWidth(int column) {
        int width = longestLine(columns.get(column).title());
        for (Entry entry : entries) {
            if (entry instanceof Row row) {
                width = Math.max(width, longestLine(row.cells().get(column).text()));
            }
        }
        return width;
    }

    private static int longestLine(String text) {
        return DisplayText.printable(text).lines().mapToInt(DisplayText::width).max().orElse(0);
    }

    private void shrink(int[] widths, int room, boolean onlyWrapping, int least) {
        while (Arrays.stream(widths).sum() > room) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                boolean may = widths[i] > least && (!onlyWrapping || columns.get(i).wraps());
                if (may && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private void appendRow(StringBuilder out, List<Cell> cells, int[] widths, Terminal terminal) {
        var wrapped = new ArrayList<List<String>>();
        int height = 1;
        for (int i = 0; i < widths.length; i++) {
            List<String> lines = DisplayText.wrap(cells.get(i).text(), widths[i]);
            wrapped.add(lines);
            height = Math.max(height, lines.size());
        }
        for (int line = 0; line < height; line++) {
            appendLine(out, cells, wrapped, line, widths, terminal);
        }
    }

    private void appendLine(
            StringBuilder out,
            List<Cell> cells,
            List<List<String>> wrapped,
            int line,
            int[] widths,
            Terminal terminal) {
        int pending = 0;
        for (int i = 0; i < widths.length; i++) {
            String text = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
            int pad = widths[i] - DisplayText.width(text);
            boolean right = columns.get(i).align() == Align.RIGHT;
            pending += right ? pad : 0;
            if (!text.isEmpty()) {
                // Spaces are written only before text, so that no line ends in them.
                out.repeat(' ', pending).append(terminal.paint(cells.get(i).style(), text));
                pending = 0;
            }
            pending += (right ? 0 : pad) + GAP;
        }
        out.append('\n');
    }

    /** Where the text of a column stands. */
    public enum Align {
        LEFT,
        RIGHT
    }

    /**
     * A column.
     *
     * @param title its head; a table in which all are empty has no head
     * @param wraps whether it gives way when the terminal is narrow
     */
    public record Column(String title, Align align, boolean wraps) {

        /** Text that stays on one line as long as possible: names, states. */
        public static Column left(String title) {
            return new Column(title, Align.LEFT, false);
        }

        /** Numbers. */
        public static Column right(String title) {
            return new Column(title, Align.RIGHT, false);
        }

        /** Sentences, SQL: wrapped when the terminal is narrow. */
        public static Column wrapping(String title) {
            return new Column(title, Align.LEFT, true);
        }
    }

    /** What stands in a cell. A line feed starts a new line in it. */
    public record Cell(String text, Style style) {
        public static Cell of(String text) {
            return new Cell(text, Style.PLAIN);
        }
    }

    private sealed interface Entry {}

    private record Row(List<Cell> cells) implements Entry {}

    private record Heading(String text, Style style) implements Entry {}
}
