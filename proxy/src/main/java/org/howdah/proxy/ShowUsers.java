package org.howdah.proxy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.howdah.wire.Column;

/** SHOW USERS: those of the configuration and of the users' file, and those who are there. */
record ShowUsers(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("name"),
                Column.text("pool_size"),
                Column.text("reserve_pool_size"),
                Column.text("pool_mode"),
                Column.int4("max_user_connections"),
                Column.int4("current_connections"),
                Column.int4("max_user_client_connections"),
                Column.int4("current_client_connections"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        ProxySettings settings = proxy.settings();
        Budget servers = proxy.pools().budget();
        Budget clients = proxy.admission().clientBudget();
        for (String name : names(settings)) {
            Overrides own = settings.user(name);
            table.row()
                    .text(name)
                    .optional(text(own.poolSize()))
                    .optional(text(own.reserve()))
                    .optional(own.mode().map(ShowDatabases::word))
                    .number(servers.userLimit(name))
                    .number(servers.ofUser(name))
                    .number(clients.userLimit(name))
                    .number(clients.ofUser(name));
        }
    }

    private Set<String> names(ProxySettings settings) {
        Set<String> names = new TreeSet<>(settings.users().keySet());
        names.addAll(settings.login().secrets().keySet());
        proxy.pools().all().forEach(pool -> names.add(pool.key().user()));
        return names;
    }

    private static Optional<String> text(OptionalInt value) {
        return value.isPresent() ? Optional.of(String.valueOf(value.getAsInt())) : Optional.empty();
    }
}
