package org.howdah.check;

import static org.howdah.check.SettingUnits.GB;
import static org.howdah.check.SettingUnits.MB;
import static org.howdah.remedy.Severity.NOTICE;
import static org.howdah.remedy.Severity.WARNING;

import java.util.List;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.WalFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/**
 * The rhythm of checkpoints and the buffers of the log.
 *
 * <p>https://www.postgresql.org/docs/current/wal-configuration.html
 */
final class SettingsCheckpointsCheck implements Check {
    /** The default: more frequent checkpoints write the same pages, whole, again and again. */
    private static final double SHORTEST_SECONDS = 300;

    /** Recovery replays up to this much after a crash. */
    private static final double LONGEST_SECONDS = 3600;

    /** The default since PostgreSQL 14. */
    private static final double SPREAD = 0.9;

    /** The default. */
    private static final long SMALLEST_LOG = GB;

    /** One segment: what wal_buffers becomes by itself from 512 MB of shared buffers on. */
    private static final long WAL_BUFFERS = 16 * MB;

    /** A full buffer makes a session write the log itself; this often for a record is too often. */
    private static final double FULL_BUFFERS_A_RECORD = 0.001;

    private static final List<SettingRule> RULES =
            List.of(
                    SettingRule.of(
                            WARNING,
                            "checkpoint_timeout",
                            settings -> settings.seconds("checkpoint_timeout") < SHORTEST_SECONDS,
                            "15min",
                            "checkpoints follow each other too fast",
                            "The first change of a page after each checkpoint writes the whole page"
                                    + " to the log: short intervals multiply the log."),
                    SettingRule.of(
                            NOTICE,
                            "checkpoint_timeout",
                            settings -> settings.seconds("checkpoint_timeout") > LONGEST_SECONDS,
                            "30min",
                            "recovery after a crash may take as long",
                            "All changes since the last checkpoint are replayed before the server"
                                    + " opens."),
                    SettingRule.of(
                            NOTICE,
                            "checkpoint_completion_target",
                            settings -> settings.number("checkpoint_completion_target") < SPREAD,
                            "0.9",
                            "checkpoints write in bursts",
                            "Spread over the whole interval the same writes disturb nobody."),
                    SettingRule.of(
                            NOTICE,
                            "max_wal_size",
                            settings -> settings.bytes("max_wal_size") < SMALLEST_LOG,
                            "4GB",
                            "less than the default of 1GB",
                            "A load of that much starts a checkpoint, whatever"
                                    + " checkpoint_timeout says."),
                    SettingRule.of(
                            WARNING,
                            "min_wal_size",
                            settings ->
                                    settings.bytes("min_wal_size") > settings.bytes("max_wal_size"),
                            "80MB",
                            "more than max_wal_size",
                            "The two contradict each other: files are kept beyond the limit."),
                    SettingRule.of(
                            NOTICE,
                            "bgwriter_lru_maxpages",
                            settings -> settings.number("bgwriter_lru_maxpages") == 0,
                            "100",
                            "the background writer is off",
                            "Sessions must write dirty pages themselves before they can use their"
                                    + " buffers."));

    @Override
    public String id() {
        return "settings-checkpoints";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return ServerSettings.judge(
                facts,
                settings ->
                        Stream.concat(
                                SettingRule.apply(id(), RULES, settings),
                                settings.node().server().wal().orNone().stream()
                                        .flatMap(wal -> walBuffers(settings, wal))));
    }

    private Stream<Finding> walBuffers(ServerSettings settings, WalFact wal) {
        double share = (double) wal.buffersFull() / Math.max(1, wal.records());
        if (share <= FULL_BUFFERS_A_RECORD || settings.bytes("wal_buffers") >= WAL_BUFFERS) {
            return Stream.empty();
        }
        return Stream.of(
                settings.advise(
                        id(),
                        NOTICE,
                        "wal_buffers",
                        SettingUnits.size(WAL_BUFFERS),
                        "wal_buffers = %s was full %s times"
                                .formatted(
                                        settings.show("wal_buffers"),
                                        Units.count(wal.buffersFull())),
                        "A session that finds the log's buffers full must write them out itself"
                                + " while others wait.",
                        Measure.against(
                                "full for each record",
                                share,
                                Quantity.RATIO,
                                FULL_BUFFERS_A_RECORD)));
    }
}
