package org.howdah.proxy;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** All pools, made when their first client comes. */
final class Pools implements Neighbors {

    private final ConcurrentHashMap<PoolKey, Pool> pools = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, FunctionCatalog> functions = new ConcurrentHashMap<>();
    private final SettingsShare share = new SettingsShare();
    private final Dialer dialer;
    private final Budget budget;
    private final Gate gate = new Gate();
    private volatile ProxySettings settings;

    Pools(ProxySettings settings, Dialer dialer) {
        this.settings = settings;
        this.dialer = dialer;
        this.budget = new Budget(this::databaseLimit, this::userLimit);
    }

    private int databaseLimit(String name) {
        return settings.database(name)
                .map(DatabaseSettings::overrides)
                .orElse(Overrides.NONE)
                .maxServers()
                .orElse(settings.limits().databaseServers());
    }

    private int userLimit(String name) {
        return settings.user(name).maxServers().orElse(settings.limits().userServers());
    }

    /** The pool for this user in this database, which clients call by this name. */
    Pool pool(DatabaseSettings database, String name, String user) {
        return pools.computeIfAbsent(
                new PoolKey(name, user),
                key ->
                        new Pool(
                                key,
                                Terms.of(settings, database, user),
                                dialer,
                                budget,
                                this,
                                new SessionCommons(
                                        functions.computeIfAbsent(
                                                name, none -> new FunctionCatalog()),
                                        share),
                                gate.of(name)));
    }

    @Override
    public void evictFor(Pool wanting) {
        PoolKey key = wanting.key();
        boolean database = budget.databaseFull(key.database());
        boolean user = budget.userFull(key.user());
        pools.values().stream()
                .filter(pool -> !pool.key().equals(key))
                .filter(pool -> !database || pool.key().database().equals(key.database()))
                .filter(pool -> !user || pool.key().user().equals(key.user()))
                .flatMap(pool -> pool.longestIdle().stream())
                .min(Comparator.comparingLong(Server::idleSince))
                .ifPresent(server -> server.pool().evict(server));
    }

    @Override
    public void placeFreed(PoolKey key, ProxyLoop loop) {
        for (Pool pool : pools.values()) {
            PoolKey other = pool.key();
            if (pool.starved()
                    && !other.equals(key)
                    && (other.database().equals(key.database())
                            || other.user().equals(key.user()))) {
                pool.grow(loop);
            }
        }
    }

    /** What is stopped. */
    Gate gate() {
        return gate;
    }

    /** How many server connections there are for each database and each user. */
    Budget budget() {
        return budget;
    }

    /** The pools of a database; all of them for no name. */
    List<Pool> of(String database) {
        return pools.values().stream()
                .filter(pool -> database.isEmpty() || pool.key().database().equals(database))
                .toList();
    }

    /** What the gate says has changed. */
    void followGate() {
        pools.values().forEach(pool -> pool.flow(gate.of(pool.key().database())));
    }

    List<Pool> all() {
        return List.copyOf(pools.values());
    }

    /** Server connections of a database, of all for no name; those that are being made included. */
    int connections(String database) {
        return of(database).stream().mapToInt(pool -> pool.state().connections()).sum();
    }

    /** New settings hold from now on; connections that lead elsewhere now are closed when free. */
    void settings(ProxySettings next) {
        settings = next;
        for (Pool pool : pools.values()) {
            next.database(pool.key().database())
                    .ifPresent(database -> {
                        boolean moved =
                                !database.backend().equals(pool.terms().database().backend());
                        pool.terms(Terms.of(next, database, pool.key().user()));
                        if (moved) {
                            pool.reconnect();
                        }
                    });
        }
    }
}
