package org.howdah.proxy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pool with its clients and server connections at a moment.
 *
 * @param clients logged in
 * @param servers how many do what, by the words of SHOW SERVERS
 */
record PoolCount(Pool pool, PoolState state, int clients, Map<String, Integer> servers) {

    private static final long MICRO = 1000;

    PoolCount {
        servers = Map.copyOf(servers);
    }

    /** All pools by database and user. Not from a loop. */
    static List<PoolCount> all(Proxy proxy) {
        Map<PoolKey, Integer> clients = new HashMap<>();
        proxy.clientTable()
                .all()
                .forEach(client -> clients.merge(client.pool().key(), 1, Integer::sum));
        Map<PoolKey, Map<String, Integer>> servers = new HashMap<>();
        for (ServerViews.Entry entry : ServerViews.all(proxy)) {
            servers.computeIfAbsent(entry.pool(), _ -> new HashMap<>())
                    .merge(entry.view().state(), 1, Integer::sum);
        }
        return proxy.pools().all().stream()
                .sorted(Comparator.comparing(pool -> pool.key().toString()))
                .map(pool ->
                        new PoolCount(
                                pool,
                                pool.state(),
                                clients.getOrDefault(pool.key(), 0),
                                servers.getOrDefault(pool.key(), Map.of())))
                .toList();
    }

    PoolKey key() {
        return pool.key();
    }

    /** Clients that do not wait. */
    int clientsActive() {
        return Math.max(0, clients - state.waiting());
    }

    int servers(String what) {
        return servers.getOrDefault(what, 0);
    }

    /** How long the first in line waits already. */
    long longestWaitMicros() {
        return state.waiting() == 0 ? 0 : (System.nanoTime() - state.waitingSince()) / MICRO;
    }
}
