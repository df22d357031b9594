package org.howdah.check;

import static org.howdah.remedy.Severity.NOTICE;
import static org.howdah.remedy.Severity.WARNING;

import java.util.List;
import org.howdah.cluster.ClusterFacts;

/**
 * What the server should say and count, and what it should not.
 *
 * <p>https://www.postgresql.org/docs/current/runtime-config-logging.html
 */
final class SettingsLoggingCheck implements Check {
    private static final List<SettingRule> RULES =
            List.of(
                    SettingRule.on(
                            NOTICE,
                            "log_lock_waits",
                            "waits for locks leave no trace",
                            "Who blocked whom can afterwards only be guessed."),
                    SettingRule.of(
                            NOTICE,
                            "log_min_duration_statement",
                            settings ->
                                    settings.number("log_min_duration_statement") < 0
                                            && settings.number("log_min_duration_sample") < 0,
                            "1000",
                            "slow statements leave no trace",
                            "pg_stat_statements knows averages; the log has the slow one with its"
                                    + " values."),
                    SettingRule.of(
                            WARNING,
                            "log_min_duration_statement",
                            settings -> settings.number("log_min_duration_statement") == 0,
                            "1000",
                            "every statement is written to the log",
                            "The log can cost more than the statements and shows their values."),
                    // PostgreSQL 18 takes a list of stages, and "on" as before for all that 17
                    // logged.
                    SettingRule.of(
                            NOTICE,
                            "log_connections",
                            settings -> settings.text("log_connections").matches("|off"),
                            "on",
                            "who connected, when and from where leaves no trace",
                            "A storm of connections, a forgotten client or a stranger cannot be"
                                    + " found afterwards; behind a pool the lines are few."),
                    SettingRule.on(
                            NOTICE,
                            "log_disconnections",
                            "how long sessions lasted leaves no trace",
                            "Sessions of milliseconds tell of clients that need a pool."),
                    SettingRule.of(
                            WARNING,
                            "log_statement",
                            settings -> settings.text("log_statement").equals("all"),
                            "ddl",
                            "every statement is written to the log",
                            "The log can cost more than the statements and shows their values."),
                    SettingRule.on(
                            NOTICE,
                            "log_checkpoints",
                            "checkpoints leave no trace",
                            "How long they took and what started them is needed to size max_wal_size."),
                    SettingRule.of(
                            NOTICE,
                            "log_autovacuum_min_duration",
                            settings -> settings.number("log_autovacuum_min_duration") < 0,
                            "10min",
                            "long autovacuums leave no trace",
                            "Why a table was not cleaned stands in that line."),
                    SettingRule.of(
                            NOTICE,
                            "log_temp_files",
                            settings -> settings.number("log_temp_files") < 0,
                            "10MB",
                            "sorts that spill to disk leave no trace",
                            "It names the statements that need more work_mem or an index."),
                    SettingRule.on(
                            NOTICE,
                            "track_io_timing",
                            "time spent on reading and writing is not measured",
                            "Without it nobody can tell slow storage from slow plans; on current"
                                    + " hardware it costs next to nothing (pg_test_timing tells)."),
                    SettingRule.on(
                            WARNING,
                            "track_activities",
                            "nobody can see what sessions do",
                            "pg_stat_activity is empty in the moment in which it is needed."),
                    SettingRule.of(
                            WARNING,
                            "logging_collector",
                            settings ->
                                    settings.isOff("logging_collector")
                                            && settings.text("log_destination")
                                                    .matches(".*(csvlog|jsonlog).*"),
                            "on",
                            "log_destination asks for files that only the collector writes",
                            "The log goes to standard error, not to the file that was asked for."));

    @Override
    public String id() {
        return "settings-logging";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return ServerSettings.judge(facts, settings -> SettingRule.apply(id(), RULES, settings));
    }
}
