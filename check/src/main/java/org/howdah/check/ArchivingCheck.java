package org.howdah.check;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ArchiveQueueFact;
import org.howdah.postgres.ArchiverFact;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.ServerFacts;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** WAL that is meant to be archived and is not. */
final class ArchivingCheck implements Check {
    /** What is not archived is lost with the server. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final Duration VERY_LATE = Duration.ofMinutes(10);

    @Override
    public String id() {
        return "archiving";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        Catalog node = facts.main();
        return Outcome.with(
                node.server().settings(),
                _ -> {
                    ServerSettings settings = ServerSettings.of(node).orElseThrow();
                    boolean archives =
                            settings.text("archive_mode").equals("always")
                                    || (settings.isOn("archive_mode") && !node.inRecovery());
                    return archives && !settings.platform().isManaged()
                            ? judge(settings)
                            : Outcome.fine();
                });
    }

    // https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-ARCHIVING-WAL
    private Outcome judge(ServerSettings settings) {
        ServerFacts server = settings.node().server();
        if (settings.has("archive_command")
                && settings.text("archive_command").isEmpty()
                && settings.text("archive_library").isEmpty()) {
            return new Outcome.Checked(
                    List.of(
                            settings.advise(
                                    id(),
                                    Severity.CRITICAL,
                                    "archive_command",
                                    ServerSettings.byHand(
                                            "archive_command",
                                            "Set archive_command or archive_library, or turn"
                                                    + " archive_mode off"),
                                    "archive_mode is on and archive_command is empty",
                                    "WAL is kept for an archiver that does nothing, until the disk is"
                                            + " full.")));
        }
        return Outcome.together(
                Stream.of(
                        Outcome.of(
                                server.archiver(),
                                rows ->
                                        rows.stream()
                                                .filter(ArchiverFact::isFailing)
                                                .map(this::failing)
                                                .toList()),
                        Outcome.of(
                                server.archiveQueue(),
                                rows -> rows.stream().flatMap(this::late).toList())));
    }

    private Finding failing(ArchiverFact archiver) {
        Subject subject = Subject.setting("archive_command");
        return Finding.of(
                        id(),
                        Severity.CRITICAL,
                        subject,
                        "Archiving of %s failed %s ago%s"
                                .formatted(
                                        archiver.lastFailed().orElse("WAL"),
                                        Units.duration(
                                                archiver.sinceFailed().orElse(Duration.ZERO)),
                                        archiver.sinceArchived()
                                                .map(since ->
                                                        ", the last success was "
                                                                + Units.duration(since)
                                                                + " ago")
                                                .orElse(", and nothing was ever archived")),
                        "Nothing later can be restored, and WAL is kept until the disk is full.",
                        List.of(
                                Measure.against("failures", archiver.failed(), Quantity.COUNT, 0),
                                Measure.of("archived", archiver.archived(), Quantity.COUNT)))
                .with(
                        new ByHand(
                                subject,
                                "Run the command by hand as the server's user; the server's log has"
                                        + " its output",
                                List.of()));
    }

    private Stream<Finding> late(ArchiveQueueFact queue) {
        Duration oldest = queue.oldest().orElse(Duration.ZERO);
        if (oldest.compareTo(LATE) < 0) {
            return Stream.empty();
        }
        Subject subject = Subject.setting("archive_command");
        return Stream.of(
                Finding.of(
                                id(),
                                oldest.compareTo(VERY_LATE) >= 0
                                        ? Severity.CRITICAL
                                        : Severity.WARNING,
                                subject,
                                "%s WAL files wait for the archiver, the oldest for %s"
                                        .formatted(
                                                Units.exact(queue.files()), Units.duration(oldest)),
                                "What is not archived is lost with the server, and stays on its disk.",
                                List.of(
                                        Measure.against(
                                                "oldest waits",
                                                oldest.toSeconds(),
                                                Quantity.SECONDS,
                                                LATE.toSeconds()),
                                        Measure.of("waiting", queue.files(), Quantity.COUNT)))
                        .with(
                                new ByHand(
                                        subject,
                                        "Archive several files at once or compress less: the archiver"
                                                + " does not keep up",
                                        List.of())));
    }
}
