package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW CLIENTS. */
record ShowClients(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return SocketView.columns();
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        ClientViews.all(proxy).forEach(view -> view.addTo(table));
    }
}
