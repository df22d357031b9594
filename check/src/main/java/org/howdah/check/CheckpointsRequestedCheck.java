package org.howdah.check;

import static org.howdah.check.SettingUnits.GB;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.CheckpointFact;
import org.howdah.postgres.WalFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Checkpoints that began because the log was full, not because it was time. */
final class CheckpointsRequestedCheck implements Check {
    private static final double MOST = 0.5;

    /** Fewer say nothing: base backups and administrators ask for checkpoints too. */
    private static final long ENOUGH = 10;

    /** The log of this many intervals: a checkpoint begins at a half to a third of the limit. */
    private static final double INTERVALS = 3;

    /** Recovery replays up to this much, and no SQL tells how much space the disk has left. */
    static final long LARGEST = 64 * GB;

    @Override
    public String id() {
        return "checkpoints-requested";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        Catalog writer = facts.main();
        if (writer.server().platform().hasOwnStorage() || writer.inRecovery()) {
            return Outcome.fine();
        }
        return Outcome.with(
                writer.server().checkpoints(),
                rows ->
                        ServerSettings.judge(
                                facts,
                                settings -> rows.stream().flatMap(row -> judge(settings, row))));
    }

    // https://www.postgresql.org/docs/current/wal-configuration.html
    private Stream<Finding> judge(ServerSettings settings, CheckpointFact checkpoints) {
        long all = checkpoints.timed() + checkpoints.requested();
        double share = checkpoints.requested() / (double) Math.max(1, all);
        if (all < ENOUGH || share <= MOST) {
            return Stream.empty();
        }
        long now = settings.bytes("max_wal_size");
        OptionalDouble rate = rate(settings);
        double wanted = rate.orElse(0) * settings.seconds("checkpoint_timeout") * INTERVALS;
        OptionalLong right = larger(now, wanted);
        Finding finding =
                Finding.of(
                                id(),
                                right.isPresent() ? Severity.WARNING : Severity.NOTICE,
                                Subject.setting("max_wal_size"),
                                "%s of %s checkpoints were requested, most likely because the log had reached max_wal_size = %s"
                                        .formatted(
                                                Units.percent(share),
                                                Units.exact(all),
                                                settings.show("max_wal_size")),
                                "Each checkpoint makes the next change of every page write the whole"
                                        + " page to the log: the more checkpoints, the more log."
                                        + (right.isPresent()
                                                ? ""
                                                : " On average max_wal_size is enough or as large as"
                                                        + " recovery and disks should bear: look for"
                                                        + " loads that come at once, and for who runs"
                                                        + " CHECKPOINT."),
                                List.of(
                                        Measure.against("requested", share, Quantity.RATIO, MOST),
                                        Measure.of("checkpoints", all, Quantity.COUNT),
                                        Measure.of(
                                                "WAL written",
                                                rate.orElse(0),
                                                Quantity.BYTES_PER_SECOND)))
                        .with(
                                new Picture.Share(
                                        "What started checkpoints",
                                        Quantity.COUNT,
                                        List.of(
                                                new Picture.Part(
                                                        "the log", checkpoints.requested()),
                                                new Picture.Part(
                                                        "the clock", checkpoints.timed()))));
        return Stream.of(
                right.isPresent()
                        ? finding.with(
                                settings.change(
                                        "max_wal_size", SettingUnits.size(right.getAsLong())))
                        : finding);
    }

    /**
     * What to set instead, in small steps: no more than the average wants, than twice what it is,
     * and than {@link #LARGEST}. None where that is no more than now.
     */
    static OptionalLong larger(long now, double wanted) {
        long enough = (long) Math.ceil(Math.min(wanted, LARGEST) / GB) * GB;
        long right = Math.min(2 * now, enough);
        return wanted > now && right > now ? OptionalLong.of(right) : OptionalLong.empty();
    }

    /**
     * On average since the statistics were reset: a burst of the moment must not size the disk for
     * ever.
     */
    private static OptionalDouble rate(ServerSettings settings) {
        var server = settings.node().server();
        return server.wal().orNone().stream()
                .flatMap(wal -> wal.sinceReset().map(since -> perSecond(wal, since)).stream())
                .mapToDouble(value -> value)
                .findFirst();
    }

    private static double perSecond(WalFact wal, java.time.Duration since) {
        return wal.bytes() / Math.max(1.0, since.toMillis() / 1000.0);
    }
}
