package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW VERSION: of which PgBouncer's console this one answers like. */
record ShowVersion() implements Show {

    @Override
    public List<Column> columns() {
        return List.of(Column.text("version"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        table.row().text("PgBouncer %s (Howdah)".formatted(ConsoleVersion.NUMBER));
    }
}
