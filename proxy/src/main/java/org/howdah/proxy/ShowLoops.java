package org.howdah.proxy;

import java.util.List;
import java.util.Locale;
import org.howdah.transport.EventLoop;
import org.howdah.wire.Column;

/** SHOW LOOPS: the threads that do the work, and what is on them. */
record ShowLoops(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return List.of(
                Column.int4("loop"),
                Column.text("transport"),
                Column.text("reason"),
                Column.text("load"),
                Column.int8("turns"),
                Column.int4("channels"),
                Column.int4("servers"),
                Column.int4("logins"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        List<LoopView> views = proxy.onEach(LoopView::of);
        for (int i = 0; i < views.size(); i++) {
            LoopView view = views.get(i);
            EventLoop.Choice choice = view.loop().choice();
            table.row()
                    .number(i)
                    .text(choice.kind().name().toLowerCase(Locale.ROOT))
                    .text(choice.reason())
                    .text("%.3f".formatted(proxy.loads().of(i)))
                    .number(view.loop().turns())
                    .number(view.channels())
                    .number(view.servers())
                    .number(view.logins());
        }
    }
}
