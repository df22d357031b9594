package org.howdah.check;

import static org.howdah.remedy.Severity.CRITICAL;
import static org.howdah.remedy.Severity.NOTICE;
import static org.howdah.remedy.Severity.WARNING;

import java.util.List;
import org.howdah.cluster.ClusterFacts;

/**
 * Settings that give up durability or hide damage.
 *
 * <p>https://www.postgresql.org/docs/current/runtime-config-wal.html#RUNTIME-CONFIG-WAL-SETTINGS
 */
final class SettingsDurabilityCheck implements Check {
    private static final List<SettingRule> RULES =
            List.of(
                    SettingRule.on(
                            CRITICAL,
                            "fsync",
                            "a crash of the machine can destroy the whole cluster",
                            "Without it nothing that was written is known to be on disk."),
                    SettingRule.on(
                            CRITICAL,
                            "full_page_writes",
                            "a crash of the machine can leave torn pages that recovery cannot mend",
                            "Recovery needs the whole page that was written first after a"
                                    + " checkpoint."),
                    SettingRule.off(
                            CRITICAL,
                            "zero_damaged_pages",
                            "damaged pages are silently emptied",
                            "Rows are lost without a trace; it is a last resort for salvage only."),
                    SettingRule.off(
                            CRITICAL,
                            "ignore_checksum_failure",
                            "damaged pages are read as if they were sound",
                            "Damage spreads into backups and results."),
                    SettingRule.of(
                            WARNING,
                            "synchronous_commit",
                            settings -> settings.isOff("synchronous_commit"),
                            "on",
                            "transactions that were confirmed can be lost in a crash",
                            "Up to three times wal_writer_delay of confirmed work is gone; set it off"
                                    + " only for transactions that may be lost."),
                    SettingRule.byHand(
                            WARNING,
                            "synchronous_commit",
                            settings -> settings.text("synchronous_commit").equals("remote_apply"),
                            "every commit waits until readers have replayed it",
                            "A query on a reader that blocks replay blocks all commits; to read one's"
                                    + " own writes, wait for the position on the reader that is read."),
                    SettingRule.of(
                            WARNING,
                            "wal_level",
                            settings -> settings.text("wal_level").equals("minimal"),
                            "replica",
                            "neither a standby nor an online backup is possible",
                            "Only a cold copy or a dump can save this server's data."));

    private static final SettingRule CHECKSUMS =
            SettingRule.byHand(
                    NOTICE,
                    "data_checksums",
                    settings -> settings.isOff("data_checksums"),
                    "damage by storage stays unseen until somebody stumbles on it",
                    "Checksums find it at the first read; pg_checksums --enable adds them to a"
                            + " stopped server.");

    @Override
    public String id() {
        return "settings-durability";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return ServerSettings.judge(
                facts,
                settings ->
                        java.util.stream.Stream.concat(
                                SettingRule.apply(id(), RULES, settings),
                                settings.platform().isManaged()
                                        ? java.util.stream.Stream.empty()
                                        : SettingRule.apply(id(), List.of(CHECKSUMS), settings)));
    }
}
