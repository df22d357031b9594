package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW PEER_POOLS: always empty, as {@link ShowPeers}. */
record ShowPeerPools() implements Show {

    @Override
    public List<Column> columns() {
        return List.of(
                Column.int4("peer_id"),
                Column.int4("cl_active_cancel_req"),
                Column.int4("cl_waiting_cancel_req"),
                Column.int4("sv_active_cancel"),
                Column.int4("sv_login"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        // There are none.
    }
}
