package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW DNS_ZONES: always empty; zones are not watched. */
record ShowDnsZones() implements Show {

    @Override
    public List<Column> columns() {
        return List.of(Column.text("zonename"), Column.int8("serial"), Column.int4("count"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        // Nothing is kept here.
    }
}
