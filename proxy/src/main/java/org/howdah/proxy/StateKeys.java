package org.howdah.proxy;

import static org.howdah.proxy.SettingKey.global;

import java.util.List;

/** What of the session of a client is kept, and how server connections are cleaned. */
public final class StateKeys {
    private StateKeys() {}

    static final SettingKey<Boolean> APPLICATION_NAME_ADD_HOST =
            global(
                    "application_name_add_host",
                    SettingType.SWITCH,
                    "0",
                    "Adds the address of the client to its application_name.");

    static final SettingKey<Boolean> AUTO_PREPARE =
            global(
                            "auto_prepare",
                            SettingType.SWITCH,
                            "1",
                            "Prepares unnamed statements on the server when they are seen often.")
                    .ours();

    static final SettingKey<Boolean> DISABLE_PQEXEC =
            global(
                            "disable_pqexec",
                            SettingType.SWITCH,
                            "0",
                            "Refuses the simple query protocol, which allows several statements in one text.")
                    .fixed();

    static final SettingKey<List<String>> IGNORE_STARTUP_PARAMETERS =
            global(
                    "ignore_startup_parameters",
                    SettingType.WORDS,
                    "",
                    "Parameters of a connection request that are accepted and dropped.");

    static final SettingKey<String> LOGIN_NOTIFY_MESSAGE =
            global(
                    "login_notify_message",
                    SettingType.TEXT,
                    "",
                    "A notice to each client that has logged in.");

    static final SettingKey<Integer> MAX_PREPARED_STATEMENTS =
            global(
                    "max_prepared_statements",
                    SettingType.COUNT,
                    "200",
                    "Most statements that are kept prepared on a server connection; 0: none.");

    static final SettingKey<String> SERVER_CHECK_QUERY =
            global(
                    "server_check_query",
                    SettingType.QUERY,
                    "<empty>",
                    "Checks a server connection before use; <empty>: an empty query; empty: no check.");

    static final SettingKey<String> SERVER_RESET_QUERY =
            global(
                    "server_reset_query",
                    SettingType.QUERY,
                    "DISCARD ALL",
                    "Cleans a server connection when its session ends.");

    static final SettingKey<Boolean> SERVER_RESET_QUERY_ALWAYS =
            global(
                    "server_reset_query_always",
                    SettingType.SWITCH,
                    "0",
                    "Runs server_reset_query in all pool modes.");

    static final SettingKey<List<String>> TRACK_EXTRA_PARAMETERS =
            global(
                            "track_extra_parameters",
                            SettingType.WORDS,
                            "IntervalStyle",
                            "Settings that the server reports and that are kept for each client, beside those that always are.")
                    .fixed();

    static final List<SettingKey<?>> ALL =
            List.of(
                    APPLICATION_NAME_ADD_HOST,
                    AUTO_PREPARE,
                    DISABLE_PQEXEC,
                    IGNORE_STARTUP_PARAMETERS,
                    LOGIN_NOTIFY_MESSAGE,
                    MAX_PREPARED_STATEMENTS,
                    SERVER_CHECK_QUERY,
                    SERVER_RESET_QUERY,
                    SERVER_RESET_QUERY_ALWAYS,
                    TRACK_EXTRA_PARAMETERS);
}
