package org.howdah.proxy;

import static org.howdah.proxy.SettingKey.global;

import java.time.Duration;
import java.util.List;

/** Where clients come in and how sockets are set up. */
public final class ListenKeys {
    private ListenKeys() {}

    static final SettingKey<List<String>> LISTEN_ADDR =
            global(
                            "listen_addr",
                            SettingType.NAMES,
                            "",
                            "Addresses or host names to listen on, * for all; without any, only unix sockets are listened on.")
                    .fixed();

    static final SettingKey<Integer> LISTEN_BACKLOG =
            global(
                            "listen_backlog",
                            SettingType.COUNT,
                            "128",
                            "How many connections wait in the queue of the system before they are accepted.")
                    .fixed();

    static final SettingKey<Integer> LISTEN_PORT =
            global(
                            "listen_port",
                            SettingType.PORT,
                            "6432",
                            "TCP port, and the number in the name of the unix socket.")
                    .fixed();

    static final SettingKey<Integer> LOOPS =
            global(
                            "loops",
                            SettingType.COUNT,
                            "0",
                            "Threads that serve connections; 0: as was measured best for this machine.")
                    .ours()
                    .fixed();

    static final SettingKey<Integer> MAX_PACKET_SIZE =
            global(
                    "max_packet_size",
                    SettingType.BYTES,
                    "2147483647",
                    "Largest message of the protocol that is passed on.");

    static final SettingKey<Boolean> SO_REUSEPORT =
            global(
                            "so_reuseport",
                            SettingType.SWITCH,
                            "0",
                            "Lets several processes listen on the same port (SO_REUSEPORT).")
                    .fixed();

    static final SettingKey<Boolean> TCP_DEFER_ACCEPT =
            global(
                            "tcp_defer_accept",
                            SettingType.SWITCH,
                            "1",
                            "Wakes the listener only once a client has sent something.")
                    .without("the loops accept without waiting, so there is nothing to gain");

    static final SettingKey<Boolean> TCP_KEEPALIVE =
            global(
                    "tcp_keepalive",
                    SettingType.SWITCH,
                    "1",
                    "Lets the system find out that the other side of an idle connection is gone.");

    static final SettingKey<Integer> TCP_KEEPCNT =
            global(
                    "tcp_keepcnt",
                    SettingType.COUNT,
                    "0",
                    "Unanswered probes until a connection counts as broken; 0: as the system has it.");

    static final SettingKey<Integer> TCP_KEEPIDLE =
            global(
                    "tcp_keepidle",
                    SettingType.COUNT,
                    "0",
                    "Idle seconds until the first probe; 0: as the system has it.");

    static final SettingKey<Integer> TCP_KEEPINTVL =
            global(
                    "tcp_keepintvl",
                    SettingType.COUNT,
                    "0",
                    "Seconds between probes; 0: as the system has it.");

    static final SettingKey<Integer> TCP_SOCKET_BUFFER =
            global(
                    "tcp_socket_buffer",
                    SettingType.BYTES,
                    "0",
                    "Size of the buffers of a socket in the system; 0: as the system has it.");

    static final SettingKey<Duration> TCP_USER_TIMEOUT =
            global(
                    "tcp_user_timeout",
                    SettingType.MILLISECONDS,
                    "0",
                    "How long sent data may stay unacknowledged; 0: as the system has it.");

    static final SettingKey<SettingWords.Transports> TRANSPORT =
            global(
                            "transport",
                            SettingWords.TRANSPORT,
                            "auto",
                            "Interface to the sockets of the system; auto takes io_uring where it works.")
                    .ours()
                    .fixed();

    static final SettingKey<String> UNIX_SOCKET_DIR =
            global(
                            "unix_socket_dir",
                            SettingType.DIRECTORY,
                            "/tmp",
                            "Directory of the unix socket, also for servers without a host; empty: no unix socket.")
                    .fixed();

    static final SettingKey<String> UNIX_SOCKET_GROUP =
            global(
                            "unix_socket_group",
                            SettingType.TEXT,
                            "",
                            "Group of the file of the unix socket.")
                    .fixed();

    static final SettingKey<Integer> UNIX_SOCKET_MODE =
            global(
                            "unix_socket_mode",
                            SettingType.COUNT,
                            "0777",
                            "Permission bits of the file of the unix socket; a leading 0 means octal.")
                    .fixed();

    static final List<SettingKey<?>> ALL =
            List.of(
                    LISTEN_ADDR,
                    LISTEN_BACKLOG,
                    LISTEN_PORT,
                    LOOPS,
                    MAX_PACKET_SIZE,
                    SO_REUSEPORT,
                    TCP_DEFER_ACCEPT,
                    TCP_KEEPALIVE,
                    TCP_KEEPCNT,
                    TCP_KEEPIDLE,
                    TCP_KEEPINTVL,
                    TCP_SOCKET_BUFFER,
                    TCP_USER_TIMEOUT,
                    TRANSPORT,
                    UNIX_SOCKET_DIR,
                    UNIX_SOCKET_GROUP,
                    UNIX_SOCKET_MODE);
}
