package org.howdah.proxy;

import java.util.ArrayList;
import java.util.List;
import org.howdah.wire.Column;

/** SHOW STATS, SHOW STATS_TOTALS, SHOW STATS_AVERAGES: what each database has done. */
record ShowStats(Proxy proxy, Part part) implements Show {

    /** Which figures are shown. */
    enum Part {
        ALL,
        TOTALS,
        AVERAGES
    }

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("database"));
        for (StatColumns figure : StatColumns.ALL) {
            switch (part) {
                case ALL -> columns.add(Column.numeric(figure.total()));
                case TOTALS -> columns.add(Column.numeric(figure.plainTotal()));
                case AVERAGES -> columns.add(Column.numeric(figure.plainAverage()));
            }
        }
        if (part == Part.ALL) {
            StatColumns.ALL.forEach(figure -> columns.add(Column.numeric(figure.average())));
        }
        return columns;
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        Statistics statistics = proxy.statistics();
        statistics
                .databases()
                .forEach((database, tally) -> {
                    ConsoleTable.Row row = table.row().text(database);
                    if (part != Part.AVERAGES) {
                        StatColumns.ALL.forEach(
                                figure -> row.number(figure.value().applyAsLong(tally)));
                    }
                    if (part != Part.TOTALS) {
                        Statistics.Period period = statistics.period(database);
                        StatColumns.ALL.forEach(
                                figure -> row.number(figure.averaged().applyAsLong(period)));
                    }
                });
    }
}
