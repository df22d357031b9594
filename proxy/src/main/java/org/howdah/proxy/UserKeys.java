package org.howdah.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.howdah.proxy.SettingKey.Scope;

/** What a user has of its own. */
public final class UserKeys {
    private UserKeys() {}

    static final SettingKey<Optional<Duration>> CLIENT_IDLE_TIMEOUT =
            SettingKey.of(
                    Scope.USER,
                    "client_idle_timeout",
                    SettingType.OWN_TIME,
                    "",
                    "Closes clients that send nothing for so long.");

    static final SettingKey<Optional<Duration>> IDLE_TRANSACTION_TIMEOUT =
            SettingKey.of(
                    Scope.USER,
                    "idle_transaction_timeout",
                    SettingType.OWN_TIME,
                    "",
                    "Closes clients that send nothing for so long inside a transaction.");

    static final SettingKey<OptionalInt> MAX_USER_CLIENT_CONNECTIONS =
            SettingKey.of(
                    Scope.USER,
                    "max_user_client_connections",
                    SettingType.OWN_COUNT,
                    "",
                    "Most clients of the user.");

    static final SettingKey<OptionalInt> MAX_USER_CONNECTIONS =
            SettingKey.of(
                    Scope.USER,
                    "max_user_connections",
                    SettingType.OWN_COUNT,
                    "",
                    "Most server connections of the user.");

    static final SettingKey<PoolMode> POOL_MODE =
            SettingKey.of(
                    Scope.USER,
                    "pool_mode",
                    SettingWords.POOL_MODE,
                    "",
                    "When a server connection goes back to its pool; goes before what the database has.");

    static final SettingKey<OptionalInt> POOL_SIZE =
            SettingKey.of(
                    Scope.USER,
                    "pool_size",
                    SettingType.OWN_COUNT,
                    "",
                    "Most server connections of a pool; goes before what the database has.");

    static final SettingKey<Optional<Duration>> QUERY_TIMEOUT =
            SettingKey.of(
                    Scope.USER,
                    "query_timeout",
                    SettingType.OWN_TIME,
                    "",
                    "Cancels statements that take longer.");

    static final SettingKey<Optional<Duration>> QUERY_WAIT_TIMEOUT =
            SettingKey.of(
                    Scope.USER,
                    "query_wait_timeout",
                    SettingType.OWN_TIME_OR_ENDLESS,
                    "",
                    "Closes clients that have waited so long for a server; goes before what the database has.");

    static final SettingKey<OptionalInt> RESERVE_POOL_SIZE =
            SettingKey.of(
                    Scope.USER,
                    "reserve_pool_size",
                    SettingType.OWN_COUNT,
                    "",
                    "Server connections beyond the size for clients that wait too long.");

    static final SettingKey<Optional<Duration>> TRANSACTION_TIMEOUT =
            SettingKey.of(
                    Scope.USER,
                    "transaction_timeout",
                    SettingType.OWN_TIME,
                    "",
                    "Closes clients whose transaction takes longer.");

    static final List<SettingKey<?>> ALL =
            List.of(
                    CLIENT_IDLE_TIMEOUT,
                    IDLE_TRANSACTION_TIMEOUT,
                    MAX_USER_CLIENT_CONNECTIONS,
                    MAX_USER_CONNECTIONS,
                    POOL_MODE,
                    POOL_SIZE,
                    QUERY_TIMEOUT,
                    QUERY_WAIT_TIMEOUT,
                    RESERVE_POOL_SIZE,
                    TRANSACTION_TIMEOUT);
}
