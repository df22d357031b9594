package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW STATE: whether everything is paused or suspended. */
record ShowState(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return List.of(Column.text("key"), Column.text("value"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        Flow all = proxy.pools().gate().all();
        table.row().text("active").text(yes(all == Flow.OPEN));
        table.row().text("paused").text(yes(all == Flow.PAUSED));
        table.row().text("suspended").text(yes(all == Flow.SUSPENDED));
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }
}
