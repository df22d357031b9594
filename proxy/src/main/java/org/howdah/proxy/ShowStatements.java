package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/**
 * SHOW STATEMENTS: those on which servers spent most time, by fingerprint. Times are in
 * microseconds; what several statements of one message took counts for the first.
 */
record ShowStatements(Proxy proxy) implements Show {

    private static final int ROWS = 100;
    private static final long MICRO = 1000;

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("database"),
                Column.text("fingerprint"),
                Column.int8("calls"),
                Column.int8("total_us"),
                Column.int8("mean_us"),
                Column.int8("max_us"),
                Column.int8("wait_us"),
                Column.text("statement"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        for (StatementRecord statement : proxy.statistics().statements(ROWS)) {
            table.row()
                    .text(statement.database())
                    .text(statement.hex())
                    .number(statement.calls())
                    .number(statement.nanos() / MICRO)
                    .number(statement.nanos() / MICRO / Math.max(1, statement.calls()))
                    .number(statement.mostNanos() / MICRO)
                    .number(statement.waitNanos() / MICRO)
                    .text(statement.text());
        }
    }
}
