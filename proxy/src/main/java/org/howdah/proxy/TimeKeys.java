package org.howdah.proxy;

import static org.howdah.proxy.SettingKey.global;

import java.time.Duration;
import java.util.List;

/** How long things may take. */
public final class TimeKeys {
    private TimeKeys() {}

    static final SettingKey<Duration> AUTODB_IDLE_TIMEOUT =
            global(
                    "autodb_idle_timeout",
                    SettingType.TIME,
                    "3600",
                    "A database made for * is forgotten, with its statistics, when unused for so long.");

    static final SettingKey<Duration> CANCEL_WAIT_TIMEOUT =
            global(
                    "cancel_wait_timeout",
                    SettingType.TIME,
                    "10",
                    "How long a request to cancel may wait for a connection to its server; 0: without end.");

    static final SettingKey<Duration> CLIENT_IDLE_TIMEOUT =
            global(
                    "client_idle_timeout",
                    SettingType.TIME,
                    "0",
                    "Closes clients that send nothing for so long outside of a transaction; 0: never.");

    static final SettingKey<Duration> CLIENT_LOGIN_TIMEOUT =
            global(
                    "client_login_timeout",
                    SettingType.TIME,
                    "60",
                    "Closes clients that are not logged in after so long.");

    static final SettingKey<Duration> DNS_MAX_TTL =
            global(
                    "dns_max_ttl",
                    SettingType.TIME,
                    "15",
                    "How long the addresses of a host name are used before it is looked up again.");

    static final SettingKey<Duration> DNS_NXDOMAIN_TTL =
            global(
                            "dns_nxdomain_ttl",
                            SettingType.TIME,
                            "15",
                            "How long a host name that was not found is not looked up again.")
                    .without(
                            "a failed connection is tried again after server_login_retry, with a new look-up");

    static final SettingKey<Duration> DNS_ZONE_CHECK_PERIOD =
            global(
                            "dns_zone_check_period",
                            SettingType.TIME,
                            "0",
                            "How often DNS zones are checked for changes.")
                    .without("host names are looked up again after dns_max_ttl");

    static final SettingKey<Duration> DRAIN_TIMEOUT =
            global(
                            "drain_timeout",
                            SettingType.TIME,
                            "0",
                            "How long a shutdown waits for clients to leave; 0: without end.")
                    .ours();

    static final SettingKey<Duration> IDLE_TRANSACTION_TIMEOUT =
            global(
                    "idle_transaction_timeout",
                    SettingType.TIME,
                    "0",
                    "Closes clients that send nothing for so long inside a transaction; 0: never.");

    static final SettingKey<Duration> POOL_IDLE_TIMEOUT =
            global(
                    "pool_idle_timeout",
                    SettingType.TIME,
                    "0",
                    "A pool without clients and servers is forgotten, with its statistics, after so long; 0: never.");

    static final SettingKey<Duration> QUERY_TIMEOUT =
            global(
                    "query_timeout",
                    SettingType.TIME,
                    "0",
                    "Cancels statements that take longer and closes their connections; 0: never.");

    static final SettingKey<Duration> QUERY_WAIT_NOTIFY =
            global(
                    "query_wait_notify",
                    SettingType.TIME,
                    "5",
                    "A client that has waited so long for a server is told so by a notice; 0: never.");

    static final SettingKey<Duration> QUERY_WAIT_TIMEOUT =
            global(
                    "query_wait_timeout",
                    SettingType.TIME,
                    "120",
                    "Closes clients that have waited so long for a server; 0: never.");

    static final SettingKey<Duration> SERVER_CHECK_DELAY =
            global(
                    "server_check_delay",
                    SettingType.TIME,
                    "30",
                    "A server connection that was idle for longer is checked before use; 0: always.");

    static final SettingKey<Duration> SERVER_CONNECT_TIMEOUT =
            global(
                    "server_connect_timeout",
                    SettingType.TIME,
                    "15",
                    "How long connecting and logging in to a server may take.");

    static final SettingKey<Duration> SERVER_IDLE_TIMEOUT =
            global(
                    "server_idle_timeout",
                    SettingType.TIME,
                    "600",
                    "Closes server connections that nobody used for so long; 0: never.");

    static final SettingKey<Duration> SERVER_LIFETIME =
            global(
                    "server_lifetime",
                    SettingType.TIME,
                    "3600",
                    "Closes server connections that are older, once they are idle; 0: after their first use.");

    static final SettingKey<Duration> SERVER_LOGIN_RETRY =
            global(
                    "server_login_retry",
                    SettingType.TIME,
                    "15",
                    "How long to wait after a failed login to a server before the next.");

    static final SettingKey<Duration> SUSPEND_TIMEOUT =
            global(
                            "suspend_timeout",
                            SettingType.TIME,
                            "10",
                            "How long SUSPEND waits for buffers to empty.")
                    .without(
                            "sockets are not handed over to another process; stop with SHUTDOWN WAIT_FOR_CLIENTS");

    static final SettingKey<Duration> TRANSACTION_TIMEOUT =
            global(
                    "transaction_timeout",
                    SettingType.TIME,
                    "0",
                    "Closes clients whose transaction takes longer; 0: never.");

    static final List<SettingKey<?>> ALL =
            List.of(
                    AUTODB_IDLE_TIMEOUT,
                    CANCEL_WAIT_TIMEOUT,
                    CLIENT_IDLE_TIMEOUT,
                    CLIENT_LOGIN_TIMEOUT,
                    DNS_MAX_TTL,
                    DNS_NXDOMAIN_TTL,
                    DNS_ZONE_CHECK_PERIOD,
                    DRAIN_TIMEOUT,
                    IDLE_TRANSACTION_TIMEOUT,
                    POOL_IDLE_TIMEOUT,
                    QUERY_TIMEOUT,
                    QUERY_WAIT_NOTIFY,
                    QUERY_WAIT_TIMEOUT,
                    SERVER_CHECK_DELAY,
                    SERVER_CONNECT_TIMEOUT,
                    SERVER_IDLE_TIMEOUT,
                    SERVER_LIFETIME,
                    SERVER_LOGIN_RETRY,
                    SUSPEND_TIMEOUT,
                    TRANSACTION_TIMEOUT);
}
