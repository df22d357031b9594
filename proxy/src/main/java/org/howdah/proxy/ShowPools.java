package org.howdah.proxy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.howdah.wire.Column;

/** SHOW POOLS: clients and server connections of each database for each user. */
record ShowPools(Proxy proxy) implements Show {

    private static final long MICRO = 1000;
    private static final long SECOND = 1_000_000;

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text("database"));
        columns.add(Column.text("user"));
        for (String count :
                List.of(
                        "cl_active",
                        "cl_waiting",
                        "cl_active_cancel_req",
                        "cl_waiting_cancel_req",
                        "sv_active",
                        "sv_active_cancel",
                        "sv_being_canceled",
                        "sv_idle",
                        "sv_used",
                        "sv_tested",
                        "sv_login",
                        "maxwait",
                        "maxwait_us")) {
            columns.add(Column.int4(count));
        }
        columns.add(Column.text("pool_mode"));
        columns.add(Column.text("load_balance_hosts"));
        return columns;
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        Map<PoolKey, Integer> clients = clients();
        Map<PoolKey, Map<String, Integer>> servers = servers();
        long now = System.nanoTime();
        proxy.pools().all().stream()
                .sorted(Comparator.comparing(pool -> pool.key().toString()))
                .forEach(pool -> {
                    PoolState state = pool.state();
                    Map<String, Integer> own = servers.getOrDefault(pool.key(), Map.of());
                    int logged = clients.getOrDefault(pool.key(), 0);
                    int canceled = own.getOrDefault("being_canceled", 0);
                    long micros = state.waiting() == 0 ? 0 : (now - state.waitingSince()) / MICRO;
                    table.row()
                            .text(pool.key().database())
                            .text(pool.key().user())
                            .number(Math.max(0, logged - state.waiting()))
                            .number(state.waiting())
                            .number(canceled)
                            .number(0)
                            .number(own.getOrDefault("active", 0))
                            .number(canceled)
                            .number(canceled)
                            .number(own.getOrDefault("idle", 0))
                            .number(own.getOrDefault("used", 0))
                            .number(own.getOrDefault("tested", 0))
                            .number(own.getOrDefault("new", 0))
                            .number(micros / SECOND)
                            .number(micros % SECOND)
                            .text(ShowDatabases.word(state.mode()))
                            .optional(ShowDatabases.balancing(pool.terms().database()));
                });
    }

    private Map<PoolKey, Integer> clients() {
        Map<PoolKey, Integer> counts = new HashMap<>();
        proxy.clientTable()
                .all()
                .forEach(client -> counts.merge(client.pool().key(), 1, Integer::sum));
        return counts;
    }

    private Map<PoolKey, Map<String, Integer>> servers() {
        Map<PoolKey, Map<String, Integer>> counts = new HashMap<>();
        for (ServerViews.Entry entry : ServerViews.all(proxy)) {
            counts.computeIfAbsent(entry.pool(), _ -> new HashMap<>())
                    .merge(entry.view().state(), 1, Integer::sum);
        }
        return counts;
    }
}
