package org.howdah.proxy;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.howdah.transport.Channel;
import org.howdah.transport.TlsChannel;
import org.howdah.wire.Column;

/**
 * A connection as SHOW CLIENTS, SHOW SERVERS and SHOW SOCKETS list it.
 *
 * @param type C for a client's, S for a server's
 * @param waitMicros of a client that waits in line
 * @param link the identifier of the connection that it is paired with; empty: none
 */
record SocketView(
        String type,
        String user,
        String database,
        String state,
        SocketAddress remote,
        SocketAddress local,
        Instant connected,
        Instant requested,
        long waitMicros,
        boolean closeNeeded,
        String id,
        String link,
        int remoteProcess,
        String tls,
        String applicationName,
        int statements,
        int number,
        long backlog) {

    private static final long SECOND = 1_000_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    static List<Column> columns() {
        return List.of(
                Column.text("type"),
                Column.text("user"),
                Column.text("database"),
                Column.text("replication"),
                Column.text("state"),
                Column.text("addr"),
                Column.int4("port"),
                Column.text("local_addr"),
                Column.int4("local_port"),
                Column.text("connect_time"),
                Column.text("request_time"),
                Column.int4("wait"),
                Column.int4("wait_us"),
                Column.int4("close_needed"),
                Column.text("ptr"),
                Column.text("link"),
                Column.int4("remote_pid"),
                Column.text("tls"),
                Column.text("application_name"),
                Column.int4("prepared_statements"),
                Column.int4("id"));
    }

    /** With what SHOW SOCKETS has more. */
    static List<Column> lowColumns() {
        List<Column> all = new ArrayList<>(columns());
        for (String name :
                List.of(
                        "recv_pos",
                        "pkt_pos",
                        "pkt_remain",
                        "send_pos",
                        "send_remain",
                        "pkt_avail",
                        "send_avail")) {
            all.add(Column.int4(name));
        }
        return all;
    }

    ConsoleTable.Row addTo(ConsoleTable table) {
        return table.row()
                .text(type)
                .text(user)
                .text(database)
                .text("none")
                .text(state)
                .text(host(remote))
                .number(port(remote))
                .text(host(local))
                .number(port(local))
                .text(TIME.format(connected))
                .text(TIME.format(requested))
                .number(waitMicros / SECOND)
                .number(waitMicros % SECOND)
                .number(closeNeeded ? 1 : 0)
                .text(id)
                .text(link)
                .number(remoteProcess)
                .text(tls)
                .text(applicationName)
                .number(statements)
                .number(number);
    }

    /** For SHOW SOCKETS, whose state tells the side too. */
    void addLowTo(ConsoleTable table) {
        ConsoleTable.Row row = withState(lowState()).addTo(table);
        row.number(0).number(0).number(0).number(0).number(backlog).number(0).number(0);
    }

    private String lowState() {
        String side = type.equals("C") ? "cl_" : "sv_";
        return side + (state.equals("new") ? "login" : state);
    }

    private SocketView withState(String other) {
        return new SocketView(
                type,
                user,
                database,
                other,
                remote,
                local,
                connected,
                requested,
                waitMicros,
                closeNeeded,
                id,
                link,
                remoteProcess,
                tls,
                applicationName,
                statements,
                number,
                backlog);
    }

    private static String host(SocketAddress address) {
        return address instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : "unix";
    }

    private static int port(SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getPort() : 0;
    }

    static String tls(Channel channel) {
        return channel instanceof TlsChannel encrypted
                ? encrypted.agreement().protocol() + "/" + encrypted.agreement().cipherSuite()
                : "";
    }
}
