package org.howdah.proxy;

import static org.howdah.proxy.SettingKey.global;

import java.time.Duration;
import java.util.List;

/** What is logged, and where metrics are served. */
public final class LogKeys {
    private LogKeys() {}

    static final SettingKey<Boolean> LOG_CONNECTIONS =
            global("log_connections", SettingType.SWITCH, "1", "Logs clients that log in.");

    static final SettingKey<Boolean> LOG_DISCONNECTIONS =
            global(
                    "log_disconnections",
                    SettingType.SWITCH,
                    "1",
                    "Logs clients that go, with the reason.");

    static final SettingKey<Boolean> LOG_POOLER_ERRORS =
            global(
                    "log_pooler_errors",
                    SettingType.SWITCH,
                    "1",
                    "Logs errors that the proxy itself sends to clients.");

    static final SettingKey<Boolean> LOG_STATS =
            global("log_stats", SettingType.SWITCH, "1", "Logs totals every stats_period.");

    static final SettingKey<String> METRICS_LISTEN =
            global(
                            "metrics_listen",
                            SettingType.WORD,
                            "",
                            "Address and port of the Prometheus endpoint, such as 127.0.0.1:9127; empty: none.")
                    .ours()
                    .fixed();

    static final SettingKey<Duration> SLOW_STATEMENT =
            global(
                            "slow_statement",
                            SettingType.TIME,
                            "0",
                            "Logs statements that take longer; 0: none.")
                    .ours();

    static final SettingKey<Duration> STATS_PERIOD =
            global("stats_period", SettingType.TIME, "60", "Over how long averages are taken.");

    static final SettingKey<Integer> VERBOSE =
            global("verbose", SettingType.COUNT, "0", "How much is logged: 0 to 3.").keeping();

    static final List<SettingKey<?>> ALL =
            List.of(
                    LOG_CONNECTIONS,
                    LOG_DISCONNECTIONS,
                    LOG_POOLER_ERRORS,
                    LOG_STATS,
                    METRICS_LISTEN,
                    SLOW_STATEMENT,
                    STATS_PERIOD,
                    VERBOSE);
}
