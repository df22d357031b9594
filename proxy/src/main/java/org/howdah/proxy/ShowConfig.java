package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW CONFIG: every setting with its value. */
record ShowConfig(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("key"),
                Column.text("value"),
                Column.text("default"),
                Column.text("changeable"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        for (RawSettings.Shown shown : proxy.control().built().raw().shown()) {
            table.row()
                    .text(shown.key())
                    .text(shown.value())
                    .text(shown.fallback())
                    .text(shown.changeable() ? "yes" : "no");
        }
    }
}
