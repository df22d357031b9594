package org.howdah.proxy;

/** What holds for one pool at the moment: the settings, resolved for its database and user. */
record Terms(
        DatabaseSettings database,
        PoolSettings pool,
        Timeouts times,
        StateSettings state,
        Limits limits) {

    static Terms of(ProxySettings settings, DatabaseSettings database, String user) {
        return new Terms(
                database,
                settings.pool(database, user),
                settings.timeouts(database, user),
                settings.state(),
                settings.limits());
    }
}
