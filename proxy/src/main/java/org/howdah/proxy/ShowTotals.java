package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW TOTALS: what all databases together have done, a figure a row. */
record ShowTotals(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return List.of(Column.text("name"), Column.numeric("value"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        Statistics statistics = proxy.statistics();
        Tally sum = Statistics.sum(statistics.databases().values());
        Statistics.Period period = statistics.period();
        for (StatColumns figure : StatColumns.ALL) {
            table.row().text("total_" + figure.summed()).number(figure.value().applyAsLong(sum));
        }
        for (StatColumns figure : StatColumns.ALL) {
            table.row()
                    .text("avg_" + figure.summed())
                    .number(figure.averaged().applyAsLong(period));
        }
    }
}
