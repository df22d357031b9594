package org.howdah.rehearsal;

import org.howdah.report.Style;
import org.howdah.report.Terminal;
import org.howdah.report.TerminalTable;
import org.howdah.report.TerminalTable.Cell;
import org.howdah.report.TerminalTable.Column;
import org.howdah.report.Units;

/** The one table with which a tour ends. */
public final class TourTable {
    private TourTable() {}

    /** The same here and in the report. */
    static Column[] columns() {
        return new Column[] {
            Column.wrapping("measure"),
            Column.right("before"),
            Column.right("after"),
            Column.right("change"),
            Column.left("goal"),
            Column.left("")
        };
    }

    public static String render(TourResult result, Terminal terminal) {
        TerminalTable table = TerminalTable.of(columns());
        for (Figure figure : result.figures()) {
            table.row(
                    Cell.of(figure.measure()),
                    Cell.of(figure.before()),
                    Cell.of(figure.after()),
                    Cell.of(figure.change()),
                    Cell.of(figure.goal()),
                    figure.reached()
                            ? new Cell("reached", Style.GOOD)
                            : new Cell("missed", Style.CRITICAL));
        }
        return table.render(terminal)
                + "Of all scans by the server's raw counters, %s used an index before and %s after.\n"
                        .formatted(
                                Units.percent(result.before().indexScanShare()),
                                Units.percent(result.after().indexScanShare()));
    }
}
