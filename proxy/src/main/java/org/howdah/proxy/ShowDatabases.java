package org.howdah.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.howdah.wire.Column;

/** SHOW DATABASES: those of the configuration, and those that {@code *} stood for. */
record ShowDatabases(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("name"),
                Column.text("host"),
                Column.int4("port"),
                Column.text("database"),
                Column.text("force_user"),
                Column.int4("pool_size"),
                Column.int4("min_pool_size"),
                Column.int4("reserve_pool_size"),
                Column.int4("server_lifetime"),
                Column.text("pool_mode"),
                Column.text("load_balance_hosts"),
                Column.int4("max_connections"),
                Column.int4("current_connections"),
                Column.int4("max_client_connections"),
                Column.int4("current_client_connections"),
                Column.int4("paused"),
                Column.int4("disabled"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        ProxySettings settings = proxy.settings();
        Map<String, DatabaseSettings> all = new TreeMap<>(settings.databases());
        for (Pool pool : proxy.pools().all()) {
            settings.database(pool.key().database())
                    .ifPresent(database -> all.putIfAbsent(pool.key().database(), database));
        }
        all.forEach((name, database) -> add(table, settings, name, database));
        addConsole(table, settings);
    }

    private void add(
            ConsoleTable table, ProxySettings settings, String name, DatabaseSettings database) {
        Backend backend = database.backend();
        Overrides own = database.overrides();
        Budget servers = proxy.pools().budget();
        Budget clients = proxy.admission().clientBudget();
        Gate gate = proxy.pools().gate();
        table.row()
                .text(name)
                .text(String.join(",", backend.hosts()))
                .number(backend.port())
                .text(backend.database().isEmpty() ? name : backend.database())
                .optional(backend.user())
                .number(own.poolSize().orElse(settings.pool().size()))
                .number(own.minimum().orElse(settings.pool().minimum()))
                .number(own.reserve().orElse(settings.pool().reserve()))
                .number(
                        own.serverLifetime()
                                .orElse(settings.timeouts().serverLifetime())
                                .toSeconds())
                .optional(own.mode().map(ShowDatabases::word))
                .optional(balancing(database))
                .number(servers.databaseLimit(name))
                .number(servers.ofDatabase(name))
                .number(clients.databaseLimit(name))
                .number(clients.ofDatabase(name))
                .number(gate.of(name) == Flow.OPEN ? 0 : 1)
                .number(gate.disabled(name) ? 1 : 0);
    }

    /** PgBouncer lists its console too. */
    private static void addConsole(ConsoleTable table, ProxySettings settings) {
        table.row()
                .text(ConsoleDoor.DATABASE)
                .nothing()
                .number(settings.listen().port())
                .text(ConsoleDoor.DATABASE)
                .text(ConsoleDoor.DATABASE)
                .number(2)
                .number(0)
                .number(0)
                .number(settings.timeouts().serverLifetime().toSeconds())
                .text("statement")
                .nothing()
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(0);
    }

    static String word(PoolMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    /** Said only where there are several hosts. */
    static Optional<String> balancing(DatabaseSettings database) {
        return database.backend().hosts().size() > 1
                ? Optional.of(database.backend().rotate() ? "round-robin" : "disable")
                : Optional.empty();
    }
}
