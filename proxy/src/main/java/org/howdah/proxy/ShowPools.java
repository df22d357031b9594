package org.howdah.proxy;

import java.util.ArrayList;
import java.util.List;
import org.howdah.wire.Column;

/** SHOW POOLS: clients and server connections of each database for each user. */
record ShowPools(Proxy proxy) implements Show {

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
        for (PoolCount count : PoolCount.all(proxy)) {
            int canceled = count.servers("being_canceled");
            long micros = count.longestWaitMicros();
            table.row()
                    .text(count.key().database())
                    .text(count.key().user())
                    .number(count.clientsActive())
                    .number(count.state().waiting())
                    .number(canceled)
                    .number(0)
                    .number(count.servers("active"))
                    .number(canceled)
                    .number(canceled)
                    .number(count.servers("idle"))
                    .number(count.servers("used"))
                    .number(count.servers("tested"))
                    .number(count.servers("new"))
                    .number(micros / SECOND)
                    .number(micros % SECOND)
                    .text(ShowDatabases.word(count.state().mode()))
                    .optional(ShowDatabases.balancing(count.pool().terms().database()));
        }
    }
}
