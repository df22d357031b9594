package org.howdah.check;

import static org.howdah.check.SettingUnits.GB;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.CheckpointFact;
import org.howdah.postgres.Rate;
import org.howdah.postgres.WalFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Checkpoints that began because the log was full, not because it was time. */
final class CheckpointsRequestedCheck implements Check {
    private static final double MOST = 0.5;

    /** Fewer say nothing: base backups and administrators ask for checkpoints too. */
    private static final long ENOUGH = 10;

    /** The log of this many intervals: a checkpoint begins at a half to a third of the limit. */
    private static final double INTERVALS = 3;

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
        long right = Math.max(2 * now, (long) Math.ceil(wanted / GB) * GB);
        return Stream.of(
                settings.advise(
                                id(),
                                Severity.WARNING,
                                "max_wal_size",
                                SettingUnits.size(right),
                                "%s of %s checkpoints were requested, most likely because the log had reached max_wal_size = %s"
                                        .formatted(
                                                Units.percent(share),
                                                Units.exact(all),
                                                settings.show("max_wal_size")),
                                "Each checkpoint makes the next change of every page write the whole"
                                        + " page to the log: the more checkpoints, the more log.",
                                Measure.against("requested", share, Quantity.RATIO, MOST),
                                Measure.of("checkpoints", all, Quantity.COUNT),
                                Measure.of(
                                        "WAL written", rate.orElse(0), Quantity.BYTES_PER_SECOND))
                        .with(
                                new Picture.Share(
                                        "What started checkpoints",
                                        Quantity.COUNT,
                                        List.of(
                                                new Picture.Part(
                                                        "the log", checkpoints.requested()),
                                                new Picture.Part(
                                                        "the clock", checkpoints.timed())))));
    }

    /** On average since the statistics were reset, or now where that is more. */
    private static OptionalDouble rate(ServerSettings settings) {
        var server = settings.node().server();
        Stream<Double> average =
                server.wal().orNone().stream()
                        .flatMap(wal ->
                                wal.sinceReset().map(since -> perSecond(wal, since)).stream());
        Stream<Double> now = server.rates().walBytes().map(Rate::perSecond).stream();
        return Stream.concat(average, now).mapToDouble(value -> value).max();
    }

    private static double perSecond(WalFact wal, java.time.Duration since) {
        return wal.bytes() / Math.max(1.0, since.toMillis() / 1000.0);
    }
}
