package org.howdah.check;

import static org.howdah.remedy.Severity.NOTICE;
import static org.howdah.remedy.Severity.WARNING;

import java.util.List;
import org.howdah.cluster.ClusterFacts;

/**
 * Time limits that are missing, and limits that hit the wrong ones.
 *
 * <p>https://www.postgresql.org/docs/current/runtime-config-client.html#RUNTIME-CONFIG-CLIENT-STATEMENT
 */
final class SettingsTimeoutsCheck implements Check {
    /** Looking for a deadlock costs all sessions that wait for locks. */
    private static final double EAGER_DEADLOCK_SECONDS = 0.1;

    private static final String HITS_MAINTENANCE =
            "Dumps, index builds and migrations are ended too; set it for the roles of applications"
                    + " by ALTER ROLE.";

    private static final List<SettingRule> RULES =
            List.of(
                    SettingRule.of(
                            NOTICE,
                            "idle_in_transaction_session_timeout",
                            settings -> settings.number("idle_in_transaction_session_timeout") == 0,
                            "10min",
                            "a forgotten transaction is kept open for ever",
                            "It holds its locks and keeps vacuum from removing any row that died"
                                    + " since."),
                    SettingRule.byHand(
                            NOTICE,
                            "statement_timeout",
                            settings -> settings.number("statement_timeout") > 0,
                            "ends the long statements of everybody",
                            HITS_MAINTENANCE),
                    SettingRule.byHand(
                            NOTICE,
                            "lock_timeout",
                            settings -> settings.number("lock_timeout") > 0,
                            "ends the waits of everybody",
                            HITS_MAINTENANCE),
                    SettingRule.of(
                            NOTICE,
                            "deadlock_timeout",
                            settings ->
                                    settings.seconds("deadlock_timeout") < EAGER_DEADLOCK_SECONDS,
                            "1s",
                            "the search for deadlocks starts with nearly every wait",
                            "Each search holds all parts of the lock table."),
                    SettingRule.of(
                            WARNING,
                            "wal_sender_timeout",
                            settings -> settings.number("wal_sender_timeout") == 0,
                            "60s",
                            "a standby that has vanished is never noticed",
                            "Its connection and its place among the synchronous standbys stay taken."),
                    SettingRule.of(
                            WARNING,
                            "authentication_timeout",
                            settings -> settings.seconds("authentication_timeout") > 300,
                            "1min",
                            "half-open logins keep connections for long",
                            "A few hundred of them take all connections of the server."));

    @Override
    public String id() {
        return "settings-timeouts";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return ServerSettings.judge(facts, settings -> SettingRule.apply(id(), RULES, settings));
    }
}
