package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW LISTS: how many there are of everything. */
record ShowLists(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return List.of(Column.text("list"), Column.int4("items"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        ConsoleTable databases = new ConsoleTable(List.of());
        new ShowDatabases(proxy).fill(databases, session);
        ConsoleTable users = new ConsoleTable(List.of());
        new ShowUsers(proxy).fill(users, session);
        add(table, "databases", databases.rows().size());
        add(table, "users", users.rows().size());
        add(table, "peers", 0);
        add(table, "pools", proxy.pools().all().size());
        add(table, "peer_pools", 0);
        // Nothing is kept for later clients and servers, and nothing of host names.
        add(table, "free_clients", 0);
        add(table, "used_clients", proxy.clients());
        add(table, "login_clients", proxy.admission().outsiders().loggingIn());
        add(table, "free_servers", 0);
        add(table, "used_servers", ServerViews.all(proxy).size());
        add(table, "dns_names", 0);
        add(table, "dns_zones", 0);
        add(table, "dns_queries", 0);
        add(table, "dns_pending", 0);
    }

    private static void add(ConsoleTable table, String list, int items) {
        table.row().text(list).number(items);
    }
}
