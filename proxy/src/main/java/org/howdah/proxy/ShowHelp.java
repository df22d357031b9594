package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;
import org.howdah.wire.Diagnostic;

/** SHOW HELP: the commands, as a notice. */
record ShowHelp() implements Show {

    private static final String COMMANDS =
            """

            SHOW HELP|CONFIG|DATABASES|POOLS|CLIENTS|SERVERS|USERS|VERSION|STATE
            SHOW STATS|STATS_TOTALS|STATS_AVERAGES|TOTALS|HISTOGRAMS|STATEMENTS
            SHOW SOCKETS|ACTIVE_SOCKETS|LISTS|MEM|LOOPS|PINS|DNS_HOSTS|DNS_ZONES|PEERS|PEER_POOLS
            SET key = value
            RELOAD
            PAUSE [<database>]
            RESUME [<database>]
            RECONNECT [<database>]
            WAIT_CLOSE [<database>]
            KILL [<database>]
            KILL_CLIENT <id>
            DISABLE <database>
            ENABLE <database>
            SUSPEND
            SHUTDOWN [WAIT_FOR_SERVERS|WAIT_FOR_CLIENTS]
            """;

    @Override
    public List<Column> columns() {
        return List.of();
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        session.notice(
                Diagnostic.notice("Commands of the console")
                        .withDetail(COMMANDS.indent(8).stripTrailing()));
    }
}
