package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW DNS_HOSTS: always empty, since the system's resolver keeps what it knows to itself. */
record ShowDnsHosts() implements Show {

    @Override
    public List<Column> columns() {
        return List.of(Column.text("hostname"), Column.int8("ttl"), Column.text("addrs"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        // Nothing is kept here.
    }
}
