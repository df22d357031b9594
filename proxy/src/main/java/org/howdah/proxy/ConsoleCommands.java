package org.howdah.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.howdah.postgres.NearestName;
import org.howdah.wire.Column;

/** All commands of the console by name. */
final class ConsoleCommands {

    private final Map<String, ConsoleCommand> commands = new TreeMap<>();
    private final Map<String, Show> shows = new TreeMap<>();

    ConsoleCommands(Proxy proxy) {
        commands.put("disable", new DisableCommand(proxy));
        commands.put("enable", new EnableCommand(proxy));
        commands.put("kill", new KillCommand(proxy));
        commands.put("kill_client", new KillClientCommand(proxy));
        commands.put("pause", new PauseCommand(proxy));
        commands.put("reconnect", new ReconnectCommand(proxy));
        commands.put("reload", new ReloadCommand(proxy));
        commands.put("resume", new ResumeCommand(proxy));
        commands.put("set", new SetCommand(proxy));
        commands.put("shutdown", new ShutdownCommand(proxy));
        commands.put("suspend", new SuspendCommand(proxy));
        commands.put("wait_close", new WaitCloseCommand(proxy));
        shows.put("active_sockets", new ShowSockets(proxy, true));
        shows.put("clients", new ShowClients(proxy));
        shows.put("config", new ShowConfig(proxy));
        shows.put("databases", new ShowDatabases(proxy));
        shows.put("dns_hosts", new ShowDnsHosts());
        shows.put("dns_zones", new ShowDnsZones());
        shows.put("fds", new ShowFds());
        shows.put("help", new ShowHelp());
        shows.put("histograms", new ShowHistograms(proxy));
        shows.put("lists", new ShowLists(proxy));
        shows.put("loops", new ShowLoops(proxy));
        shows.put("mem", new ShowMem());
        shows.put("peer_pools", new ShowPeerPools());
        shows.put("peers", new ShowPeers());
        shows.put("pins", new ShowPins(proxy));
        shows.put("pools", new ShowPools(proxy));
        shows.put("servers", new ShowServers(proxy));
        shows.put("sockets", new ShowSockets(proxy, false));
        shows.put("statements", new ShowStatements(proxy));
        shows.put("state", new ShowState(proxy));
        shows.put("stats", new ShowStats(proxy, ShowStats.Part.ALL));
        shows.put("stats_averages", new ShowStats(proxy, ShowStats.Part.AVERAGES));
        shows.put("stats_totals", new ShowStats(proxy, ShowStats.Part.TOTALS));
        shows.put("totals", new ShowTotals(proxy));
        shows.put("users", new ShowUsers(proxy));
        shows.put("version", new ShowVersion());
    }

    /** The command that is asked for; SELECT does what SHOW does. */
    ConsoleCommand find(ConsoleRequest request) throws ConsoleException {
        String name = request.command();
        if (name.equals("show") || name.equals("select")) {
            return show(request.argument().toLowerCase(Locale.ROOT));
        }
        ConsoleCommand command = commands.get(name);
        if (command == null) {
            throw unknown(name, List.copyOf(commands.keySet()));
        }
        return command;
    }

    private ConsoleCommand show(String what) throws ConsoleException {
        if (SetCommand.SESSION.contains(what)) {
            return new ShowSession(what);
        }
        Show show = shows.get(what.isEmpty() ? "help" : what);
        if (show == null) {
            throw unknown("show " + what, shows.keySet().stream().map(s -> "show " + s).toList());
        }
        return show;
    }

    private static ConsoleException unknown(String name, List<String> known) {
        return ConsoleException.of(
                "the console has no command " + Quoted.of(name.toUpperCase(Locale.ROOT)),
                NearestName.of(name, known)
                        .map(nearest ->
                                "Did you mean %s?".formatted(nearest.toUpperCase(Locale.ROOT)))
                        .orElse("SHOW HELP lists its commands"));
    }

    /** A setting of the session that drivers ask for. */
    private record ShowSession(String name) implements Show {

        @Override
        public List<Column> columns() {
            return List.of(Column.text(name));
        }

        @Override
        public void fill(ConsoleTable table, ConsoleSession session) {
            table.row()
                    .text(
                            switch (name) {
                                case "client_encoding" -> "UTF8";
                                case "datestyle" -> "ISO";
                                case "default_transaction_isolation" -> "read committed";
                                case "standard_conforming_strings" -> "on";
                                case "timezone" -> "UTC";
                                default -> "";
                            });
        }
    }
}
