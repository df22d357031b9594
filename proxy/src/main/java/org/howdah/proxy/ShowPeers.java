package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW PEERS: always empty; one process has as many loops as it needs. */
record ShowPeers() implements Show {

    @Override
    public List<Column> columns() {
        return List.of(
                Column.int4("peer_id"),
                Column.text("host"),
                Column.int4("port"),
                Column.int4("pool_size"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        // There are none.
    }
}
