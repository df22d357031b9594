package org.howdah.check;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.DatabaseStateFact;
import org.howdah.postgres.StatementFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Sorts and hashes that did not fit into work_mem and went to disk. */
final class TemporaryFilesCheck implements Check {
    private static final long MUCH = SettingUnits.GB;

    /** As much again each hour: storage is kept busy by it. */
    private static final double MUCH_AN_HOUR = SettingUnits.GB;

    private static final long BLOCK_BYTES = 8192;
    private static final int BARS = 10;

    private final long much;

    TemporaryFilesCheck() {
        this(MUCH);
    }

    /**
     * @param much how much may have gone to disk since the statistics were reset
     */
    TemporaryFilesCheck(long much) {
        this.much = much;
    }

    @Override
    public String id() {
        return "temporary-files";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().databases(),
                                        databases ->
                                                databases.stream()
                                                        .filter(database ->
                                                                database.temporaryBytes() >= much)
                                                        .map(database -> finding(node, database))
                                                        .toList())));
    }

    // https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM
    private Finding finding(Catalog node, DatabaseStateFact database) {
        double perHour =
                database.sinceReset()
                        .map(since -> database.temporaryBytes() / hours(since))
                        .orElse(0.0);
        long each = database.temporaryBytes() / Math.max(1, database.temporaryFiles());
        String workMemory =
                ServerSettings.of(node)
                        .map(settings -> settings.show("work_mem"))
                        .orElse("unknown");
        Subject subject = new Subject(Subject.Kind.DATABASE, database.name(), database.name());
        Finding finding =
                Finding.of(
                                id(),
                                perHour >= MUCH_AN_HOUR ? Severity.WARNING : Severity.NOTICE,
                                subject,
                                "Queries in %s on %s wrote %s to %s temporary files, %s each (work_mem = %s)"
                                        .formatted(
                                                database.name(),
                                                node.node(),
                                                Units.bytes(database.temporaryBytes()),
                                                Units.count(database.temporaryFiles()),
                                                Units.bytes(each),
                                                workMemory),
                                "A sort or hash that does not fit into work_mem is done on disk, many"
                                        + " times slower.",
                                List.of(
                                        Measure.against(
                                                "temporary files",
                                                database.temporaryBytes(),
                                                Quantity.BYTES,
                                                much),
                                        Measure.of(
                                                "on average",
                                                perHour / 3600,
                                                Quantity.BYTES_PER_SECOND)))
                        .with(
                                new ByHand(
                                        subject,
                                        "Give the queries an index that sorts for them, or a larger"
                                                + " work_mem to their role alone: ALTER ROLE ... SET"
                                                + " work_mem",
                                        List.of()));
        return picture(node, database).map(finding::with).orElse(finding);
    }

    private static double hours(Duration since) {
        return Math.max(1.0, since.toSeconds() / 3600.0);
    }

    private static Optional<Picture> picture(Catalog node, DatabaseStateFact database) {
        List<Picture.Part> bars =
                node.server().statements().orNone().stream()
                        .filter(statement -> statement.temporaryWritten() > 0)
                        .filter(statement ->
                                statement.database().map(database.name()::equals).orElse(false))
                        .sorted(
                                Comparator.comparingLong(StatementFact::temporaryWritten)
                                        .reversed())
                        .limit(BARS)
                        .map(statement ->
                                new Picture.Part(
                                        Sessions.shorten(statement.query()),
                                        statement.temporaryWritten() * (double) BLOCK_BYTES))
                        .toList();
        return bars.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Picture.Ranking(
                                "Statements that write temporary files", Quantity.BYTES, bars));
    }
}
