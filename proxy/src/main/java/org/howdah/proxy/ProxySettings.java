package org.howdah.proxy;

import java.util.Map;
import java.util.Optional;

/** All that a proxy is told. A reload replaces it as a whole. */
public record ProxySettings(
        ListenSettings listen,
        LoginSettings login,
        TlsSettings clientTls,
        TlsSettings serverTls,
        Map<String, DatabaseSettings> databases,
        Optional<DatabaseSettings> anyDatabase,
        Map<String, UserSettings> users,
        Limits limits,
        PoolSettings pool,
        Timeouts timeouts,
        StateSettings state,
        LogSettings log,
        ProcessSettings process) {

    public ProxySettings {
        databases = Map.copyOf(databases);
        users = Map.copyOf(users);
    }

    /** The database that clients call by this name. */
    public Optional<DatabaseSettings> database(String name) {
        return Optional.ofNullable(databases.get(name)).or(() -> anyDatabase);
    }

    /** What this user sets differently. */
    public Overrides user(String name) {
        UserSettings user = users.get(name);
        return user == null ? Overrides.NONE : user.overrides();
    }

    /** The bounds of the pool of this database for this user: the user's word goes first. */
    public PoolSettings pool(DatabaseSettings database, String user) {
        Overrides first = user(user);
        Overrides second = database.overrides();
        int size = first.poolSize().orElse(second.poolSize().orElse(pool.size()));
        int minimum = second.minimum().orElse(pool.minimum());
        return new PoolSettings(
                first.mode().or(second::mode).orElse(pool.mode()),
                size,
                size == 0 ? minimum : Math.min(size, minimum),
                first.reserve().orElse(second.reserve().orElse(pool.reserve())),
                pool.reserveAfter(),
                pool.rotate(),
                pool.fastClose());
    }

    /** The times that hold for this user in this database. */
    public Timeouts timeouts(DatabaseSettings database, String user) {
        Overrides own = user(user);
        return new Timeouts(
                timeouts.clientLogin(),
                own.clientIdle().orElse(timeouts.clientIdle()),
                own.queryWait().or(database.overrides()::queryWait).orElse(timeouts.queryWait()),
                timeouts.queryWaitNotify(),
                own.query().orElse(timeouts.query()),
                own.transaction().orElse(timeouts.transaction()),
                own.idleTransaction().orElse(timeouts.idleTransaction()),
                timeouts.serverConnect(),
                timeouts.serverLoginRetry(),
                own.serverLifetime()
                        .or(database.overrides()::serverLifetime)
                        .orElse(timeouts.serverLifetime()),
                timeouts.serverIdle(),
                timeouts.serverCheckDelay(),
                timeouts.cancelWait(),
                timeouts.anyDatabaseIdle(),
                timeouts.poolIdle(),
                timeouts.hostLookup(),
                timeouts.drain());
    }
}
