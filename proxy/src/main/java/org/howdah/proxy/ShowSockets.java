package org.howdah.proxy;

import java.util.List;
import java.util.stream.Stream;
import org.howdah.wire.Column;

/**
 * SHOW SOCKETS and SHOW ACTIVE_SOCKETS: clients and servers with what their sockets hold. Buffers
 * belong to the loops and not to connections, so that of these only what waits to be sent is told.
 *
 * @param activeOnly leaves out connections that have nothing to do
 */
record ShowSockets(Proxy proxy, boolean activeOnly) implements Show {

    @Override
    public List<Column> columns() {
        return SocketView.lowColumns();
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        Stream.concat(
                        ClientViews.all(proxy).stream(),
                        ServerViews.all(proxy).stream().map(ServerViews.Entry::view))
                .filter(view -> !activeOnly || !(isFree(view.state()) && view.backlog() == 0))
                .forEach(view -> view.addLowTo(table));
    }

    private static boolean isFree(String state) {
        return state.equals("idle") || state.equals("used");
    }
}
