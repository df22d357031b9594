package org.howdah.check;

import static org.howdah.check.SettingUnits.GB;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ArchiveQueueFact;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.SlotFact;
import org.howdah.postgres.WalDirectoryFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** A log that takes far more of the disk than the settings ask for. */
final class WalDirectoryCheck implements Check {
    /**
     * Checkpoints keep the log about as large as max_wal_size; under load it may pass that for a
     * while.
     *
     * <p>https://www.postgresql.org/docs/current/wal-configuration.html
     */
    private static final double FAR_BEYOND = 2;

    private static final long MUCH = 4 * GB;
    private static final long VERY_MUCH = 50 * GB;

    private final long much;

    WalDirectoryCheck() {
        this(MUCH);
    }

    /**
     * @param much how much more than the settings ask for is worth a word, in bytes
     */
    WalDirectoryCheck(long much) {
        this.much = much;
    }

    @Override
    public String id() {
        return "wal-directory";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .filter(node -> !node.server().platform().hasOwnStorage())
                        .map(node ->
                                Outcome.of(
                                        node.server().walDirectory(),
                                        node.server().settings(),
                                        (directory, _) ->
                                                ServerSettings.of(node).stream()
                                                        .flatMap(settings ->
                                                                judge(settings, directory))
                                                        .toList())));
    }

    private Stream<Finding> judge(ServerSettings settings, List<WalDirectoryFact> directory) {
        long wanted = settings.bytes("max_wal_size") + settings.bytes("wal_keep_size");
        return directory.stream()
                .filter(log -> log.bytes() > FAR_BEYOND * wanted && log.bytes() - wanted >= much)
                .map(log -> finding(settings.node(), log.bytes(), wanted));
    }

    private Finding finding(Catalog node, long bytes, long wanted) {
        Subject subject = new Subject(Subject.Kind.NODE, "", node.node());
        return Finding.of(
                        id(),
                        bytes >= VERY_MUCH ? Severity.CRITICAL : Severity.WARNING,
                        subject,
                        "The log of %s takes %s on its disk; its settings ask for %s"
                                .formatted(node.node(), Units.bytes(bytes), Units.bytes(wanted)),
                        "Something keeps it from being removed, and when the disk is full the server"
                                + " stops.",
                        List.of(
                                Measure.against(
                                        "WAL on disk", bytes, Quantity.BYTES, FAR_BEYOND * wanted),
                                Measure.of(
                                        "kept by the slot that keeps most",
                                        greediest(node)
                                                .map(slot -> slot.retainedBytes().orElse(0))
                                                .orElse(0L),
                                        Quantity.BYTES),
                                Measure.of(
                                        "files that wait for the archiver",
                                        waiting(node),
                                        Quantity.COUNT)))
                .with(new ByHand(subject, cause(node, bytes), List.of()));
    }

    private static String cause(Catalog node, long bytes) {
        Optional<SlotFact> slot =
                greediest(node).filter(each -> each.retainedBytes().orElse(0) >= bytes / 2);
        if (slot.isPresent()) {
            return "The slot %s keeps most of it: start its consumer or drop it"
                    .formatted(slot.get().name());
        }
        if (waiting(node) > 1) {
            return "%s files wait for the archiver: see why it does not keep up"
                    .formatted(Units.exact(waiting(node)));
        }
        return "No slot and no archiver keeps it: wait for the next checkpoint; if it stays,"
                + " checkpoints do not keep up with the writes and max_wal_size is too small";
    }

    private static Optional<SlotFact> greediest(Catalog node) {
        return node.server().slots().orNone().stream()
                .max(Comparator.comparingLong(slot -> slot.retainedBytes().orElse(0)));
    }

    private static long waiting(Catalog node) {
        return node.server().archiveQueue().orNone().stream()
                .mapToLong(ArchiveQueueFact::files)
                .sum();
    }
}
