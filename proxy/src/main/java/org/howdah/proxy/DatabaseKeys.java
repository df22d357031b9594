package org.howdah.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.howdah.proxy.SettingKey.Scope;

/** What the connection string of a database says. */
public final class DatabaseKeys {
    private DatabaseKeys() {}

    static final SettingKey<String> APPLICATION_NAME =
            SettingKey.of(
                    Scope.DATABASE,
                    "application_name",
                    SettingType.TEXT,
                    "",
                    "Setting application_name of server connections.");

    static final SettingKey<String> AUTH_DBNAME =
            SettingKey.of(
                    Scope.DATABASE,
                    "auth_dbname",
                    SettingType.TEXT,
                    "",
                    "Database that auth_query runs in.");

    static final SettingKey<String> AUTH_QUERY =
            SettingKey.of(
                    Scope.DATABASE,
                    "auth_query",
                    SettingType.QUERY,
                    "",
                    "Asks the server for the secret of a user.");

    static final SettingKey<String> AUTH_USER =
            SettingKey.of(
                    Scope.DATABASE, "auth_user", SettingType.TEXT, "", "User who runs auth_query.");

    static final SettingKey<Boolean> AUTO_PREPARE =
            SettingKey.of(
                            Scope.DATABASE,
                            "auto_prepare",
                            SettingType.SWITCH,
                            "1",
                            "Prepares unnamed statements on the server when they are seen often.")
                    .ours();

    static final SettingKey<String> CLIENT_ENCODING =
            SettingKey.of(
                    Scope.DATABASE,
                    "client_encoding",
                    SettingType.TEXT,
                    "",
                    "Setting client_encoding of server connections.");

    static final SettingKey<String> CONNECT_QUERY =
            SettingKey.of(
                    Scope.DATABASE,
                    "connect_query",
                    SettingType.QUERY,
                    "",
                    "Runs once on each new server connection.");

    static final SettingKey<String> DATESTYLE =
            SettingKey.of(
                    Scope.DATABASE,
                    "datestyle",
                    SettingType.TEXT,
                    "",
                    "Setting datestyle of server connections.");

    static final SettingKey<String> DBNAME =
            SettingKey.of(
                    Scope.DATABASE,
                    "dbname",
                    SettingType.TEXT,
                    "",
                    "Name of the database at the server; without it, as clients name it.");

    static final SettingKey<List<String>> HOST =
            SettingKey.of(
                    Scope.DATABASE,
                    "host",
                    SettingType.NAMES,
                    "",
                    "Host names, addresses or directories of unix sockets; without it, unix_socket_dir.");

    static final SettingKey<SettingWords.HostOrder> LOAD_BALANCE_HOSTS =
            SettingKey.of(
                    Scope.DATABASE,
                    "load_balance_hosts",
                    SettingWords.HOST_ORDER,
                    "round-robin",
                    "Whether each new connection takes the next host, or only after a failure.");

    static final SettingKey<OptionalInt> MAX_DB_CLIENT_CONNECTIONS =
            SettingKey.of(
                    Scope.DATABASE,
                    "max_db_client_connections",
                    SettingType.OWN_COUNT,
                    "",
                    "Most clients of the database.");

    static final SettingKey<OptionalInt> MAX_DB_CONNECTIONS =
            SettingKey.of(
                    Scope.DATABASE,
                    "max_db_connections",
                    SettingType.OWN_COUNT,
                    "",
                    "Most server connections of the database.");

    static final SettingKey<OptionalInt> MIN_POOL_SIZE =
            SettingKey.of(
                    Scope.DATABASE,
                    "min_pool_size",
                    SettingType.OWN_COUNT,
                    "",
                    "Server connections that are kept open.");

    static final SettingKey<String> OPTIONS =
            SettingKey.of(
                            Scope.DATABASE,
                            "options",
                            SettingType.QUERY,
                            "",
                            "Settings of server connections as in libpq, such as -c jit=off -c search_path=app.")
                    .ours();

    static final SettingKey<String> PASSWORD =
            SettingKey.of(
                    Scope.DATABASE,
                    "password",
                    SettingType.SECRET,
                    "",
                    "Password of user; without it, the one in auth_file.");

    static final SettingKey<String> PASSWORD_VARIABLE =
            SettingKey.of(
                            Scope.DATABASE,
                            "password_variable",
                            SettingType.TEXT,
                            "",
                            "Variable of the environment that holds the password of user.")
                    .ours();

    static final SettingKey<PoolMode> POOL_MODE =
            SettingKey.of(
                    Scope.DATABASE,
                    "pool_mode",
                    SettingWords.POOL_MODE,
                    "",
                    "When a server connection goes back to its pool.");

    static final SettingKey<OptionalInt> POOL_SIZE =
            SettingKey.of(
                    Scope.DATABASE,
                    "pool_size",
                    SettingType.OWN_COUNT,
                    "",
                    "Most server connections of a pool.");

    static final SettingKey<Integer> PORT =
            SettingKey.of(
                    Scope.DATABASE, "port", SettingType.PORT, "5432", "TCP port of the servers.");

    static final SettingKey<Optional<Duration>> QUERY_WAIT_TIMEOUT =
            SettingKey.of(
                    Scope.DATABASE,
                    "query_wait_timeout",
                    SettingType.OWN_TIME_OR_ENDLESS,
                    "",
                    "Closes clients that have waited so long for a server.");

    static final SettingKey<OptionalInt> RESERVE_POOL =
            SettingKey.of(
                    Scope.DATABASE,
                    "reserve_pool",
                    SettingType.OWN_COUNT,
                    "",
                    "Older name of reserve_pool_size.");

    static final SettingKey<OptionalInt> RESERVE_POOL_SIZE =
            SettingKey.of(
                    Scope.DATABASE,
                    "reserve_pool_size",
                    SettingType.OWN_COUNT,
                    "",
                    "Server connections beyond the size for clients that wait too long.");

    static final SettingKey<Optional<Duration>> SERVER_LIFETIME =
            SettingKey.of(
                    Scope.DATABASE,
                    "server_lifetime",
                    SettingType.OWN_TIME,
                    "",
                    "Closes server connections that are older.");

    static final SettingKey<String> TIMEZONE =
            SettingKey.of(
                    Scope.DATABASE,
                    "timezone",
                    SettingType.TEXT,
                    "",
                    "Setting timezone of server connections.");

    static final SettingKey<String> USER =
            SettingKey.of(
                    Scope.DATABASE,
                    "user",
                    SettingType.TEXT,
                    "",
                    "User of all server connections; without it, the client itself.");

    static final List<SettingKey<?>> ALL =
            List.of(
                    APPLICATION_NAME,
                    AUTH_DBNAME,
                    AUTH_QUERY,
                    AUTH_USER,
                    AUTO_PREPARE,
                    CLIENT_ENCODING,
                    CONNECT_QUERY,
                    DATESTYLE,
                    DBNAME,
                    HOST,
                    LOAD_BALANCE_HOSTS,
                    MAX_DB_CLIENT_CONNECTIONS,
                    MAX_DB_CONNECTIONS,
                    MIN_POOL_SIZE,
                    OPTIONS,
                    PASSWORD,
                    PASSWORD_VARIABLE,
                    POOL_MODE,
                    POOL_SIZE,
                    PORT,
                    QUERY_WAIT_TIMEOUT,
                    RESERVE_POOL,
                    RESERVE_POOL_SIZE,
                    SERVER_LIFETIME,
                    TIMEZONE,
                    USER);
}
