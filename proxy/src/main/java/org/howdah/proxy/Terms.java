package org.howdah.proxy;

import java.util.Optional;

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

    /** As whom server connections are logged in for clients of this user. */
    String loginUser(String client) {
        return database.backend().user().orElse(client);
    }

    /**
     * Whether statements are followed from server to server: not where a client keeps its server.
     */
    boolean tracksStatements() {
        return pool.mode() != PoolMode.SESSION && state.preparedStatements() > 0;
    }

    /** Whether unnamed statements that come often are prepared. */
    boolean autoPrepares() {
        return database.autoPrepare().orElse(state.autoPrepare());
    }

    /** Whether it is followed what clients leave in their sessions. */
    boolean followsSessions() {
        return pool.mode() != PoolMode.SESSION;
    }

    /** What to ask a server connection that was idle for so long before somebody gets it. */
    Optional<String> check(long idleNanos) {
        return state.checkQuery().filter(query -> idleNanos > times.serverCheckDelay().toNanos());
    }
}
