package org.howdah.proxy;

import static org.howdah.proxy.SettingKey.global;

import java.time.Duration;
import java.util.List;

/** How many connections there may be, and when they change hands. */
public final class PoolKeys {
    private PoolKeys() {}

    static final SettingKey<Integer> DEFAULT_POOL_SIZE =
            global(
                    "default_pool_size",
                    SettingType.COUNT,
                    "20",
                    "Most server connections of a pool, which is one database for one user; 0: no bound.");

    static final SettingKey<Integer> MAX_CLIENT_CONN =
            global("max_client_conn", SettingType.COUNT, "100", "Most clients.");

    static final SettingKey<Integer> MAX_DB_CLIENT_CONNECTIONS =
            global(
                    "max_db_client_connections",
                    SettingType.COUNT,
                    "0",
                    "Most clients of a database; 0: no bound.");

    static final SettingKey<Integer> MAX_DB_CONNECTIONS =
            global(
                    "max_db_connections",
                    SettingType.COUNT,
                    "0",
                    "Most server connections of a database over all its users; 0: no bound.");

    static final SettingKey<Integer> MAX_USER_CLIENT_CONNECTIONS =
            global(
                    "max_user_client_connections",
                    SettingType.COUNT,
                    "0",
                    "Most clients of a user; 0: no bound.");

    static final SettingKey<Integer> MAX_USER_CONNECTIONS =
            global(
                    "max_user_connections",
                    SettingType.COUNT,
                    "0",
                    "Most server connections of a user over all databases; 0: no bound.");

    static final SettingKey<Integer> MIN_POOL_SIZE =
            global(
                    "min_pool_size",
                    SettingType.COUNT,
                    "0",
                    "Server connections that are kept open in a pool in use.");

    static final SettingKey<PoolMode> POOL_MODE =
            global(
                    "pool_mode",
                    SettingWords.POOL_MODE,
                    "session",
                    "When a server connection goes back to its pool: when the session, the transaction or the statement ends.");

    static final SettingKey<Integer> RESERVE_POOL_SIZE =
            global(
                    "reserve_pool_size",
                    SettingType.COUNT,
                    "0",
                    "Server connections beyond the size of a pool for clients that wait too long.");

    static final SettingKey<Duration> RESERVE_POOL_TIMEOUT =
            global(
                    "reserve_pool_timeout",
                    SettingType.TIME,
                    "5",
                    "How long a client waits before the reserve is used; 0: never.");

    static final SettingKey<Boolean> SERVER_FAST_CLOSE =
            global(
                    "server_fast_close",
                    SettingType.SWITCH,
                    "0",
                    "In session mode, closes a connection that must go (and its client) once no transaction is open.");

    static final SettingKey<Boolean> SERVER_ROUND_ROBIN =
            global(
                    "server_round_robin",
                    SettingType.SWITCH,
                    "0",
                    "Uses idle server connections in turn rather than the one used last.");

    static final List<SettingKey<?>> ALL =
            List.of(
                    DEFAULT_POOL_SIZE,
                    MAX_CLIENT_CONN,
                    MAX_DB_CLIENT_CONNECTIONS,
                    MAX_DB_CONNECTIONS,
                    MAX_USER_CLIENT_CONNECTIONS,
                    MAX_USER_CONNECTIONS,
                    MIN_POOL_SIZE,
                    POOL_MODE,
                    RESERVE_POOL_SIZE,
                    RESERVE_POOL_TIMEOUT,
                    SERVER_FAST_CLOSE,
                    SERVER_ROUND_ROBIN);
}
