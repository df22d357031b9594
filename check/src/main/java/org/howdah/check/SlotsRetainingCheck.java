package org.howdah.check;

import static org.howdah.check.SettingUnits.GB;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.SlotFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Slots that keep WAL for a consumer that does not come, or have lost theirs. */
final class SlotsRetainingCheck implements Check {
    private static final long MUCH = GB;
    private static final long VERY_MUCH = 50 * GB;

    /** A consumer that restarts is back by then. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final long much;

    SlotsRetainingCheck() {
        this(MUCH);
    }

    /**
     * @param much how much WAL a slot may keep
     */
    SlotsRetainingCheck(long much) {
        this.much = much;
    }

    @Override
    public String id() {
        return "slots-retaining-wal";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().slots(),
                                        slots ->
                                                slots.stream()
                                                        .filter(slot -> !slot.synced())
                                                        .flatMap(slot -> judge(node, slot).stream())
                                                        .toList())));
    }

    // https://www.postgresql.org/docs/current/view-pg-replication-slots.html
    private Optional<Finding> judge(Catalog node, SlotFact slot) {
        if (slot.invalidation().isPresent()) {
            return Optional.of(invalid(slot));
        }
        long retained = slot.retainedBytes().orElse(0);
        boolean threatened =
                slot.walStatus().map(status -> status.equals("unreserved")).orElse(false);
        boolean abandoned =
                !slot.active()
                        && slot.inactiveFor()
                                .map(since -> since.compareTo(ABANDONED) >= 0)
                                .orElse(false);
        if (retained < much && !threatened && !abandoned) {
            return Optional.empty();
        }
        Severity severity = Severity.NOTICE;
        if (threatened || retained >= much) {
            severity = retained >= VERY_MUCH ? Severity.CRITICAL : Severity.WARNING;
        }
        return Optional.of(retaining(node, slot, severity));
    }

    private Finding retaining(Catalog node, SlotFact slot, Severity severity) {
        boolean unlimited =
                ServerSettings.of(node)
                        .map(settings -> settings.number("max_slot_wal_keep_size") < 0)
                        .orElse(false);
        List<Measure> measures = new ArrayList<>();
        measures.add(
                Measure.against("WAL kept", slot.retainedBytes().orElse(0), Quantity.BYTES, much));
        slot.inactiveFor()
                .ifPresent(since ->
                        measures.add(Measure.of("inactive", since.toSeconds(), Quantity.SECONDS)));
        node.server()
                .rates()
                .walBytes()
                .ifPresent(rate ->
                        measures.add(
                                Measure.of(
                                        "WAL written",
                                        rate.perSecond(),
                                        Quantity.BYTES_PER_SECOND)));
        return Finding.of(
                        id(),
                        severity,
                        Slots.subject(slot),
                        "The %s slot %s%s keeps %s of WAL%s"
                                .formatted(
                                        slot.type(),
                                        slot.name(),
                                        slot.active() ? "" : ", which nobody uses,",
                                        Units.bytes(slot.retainedBytes().orElse(0)),
                                        unlimited ? ", without limit" : ""),
                        unlimited
                                ? "When the disk is full, the server stops; max_slot_wal_keep_size would"
                                        + " give up the slot before."
                                : "Its consumer falls behind and may lose the slot.",
                        measures)
                .with(remedy(slot));
    }

    private static ByHand remedy(SlotFact slot) {
        return slot.active()
                ? new ByHand(Slots.subject(slot), "Find out why its consumer is slow", List.of())
                : new ByHand(
                        Slots.subject(slot),
                        "Start its consumer, or drop the slot where it has none",
                        List.of(Slots.drop(slot)));
    }

    private Finding invalid(SlotFact slot) {
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        Slots.subject(slot),
                        "The %s slot %s can no longer be used: %s"
                                .formatted(
                                        slot.type(), slot.name(), slot.invalidation().orElse("")),
                        "Its consumer cannot continue and must be built anew.",
                        List.of())
                .with(
                        new ByHand(
                                Slots.subject(slot),
                                "Build the consumer anew, then drop the slot",
                                List.of(Slots.drop(slot))));
    }
}
