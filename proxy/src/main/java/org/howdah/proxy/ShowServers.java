package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW SERVERS. */
record ShowServers(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return SocketView.columns();
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        ServerViews.all(proxy).forEach(entry -> entry.view().addTo(table));
    }
}
