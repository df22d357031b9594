package org.howdah.check;

import java.util.ArrayList;
import java.util.List;
import org.howdah.postgres.Bloat;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/**
 * What is said of a bloated table or index.
 *
 * @param what {@code public.orders}, {@code index public.orders_note_idx on orders}
 * @param kind {@code table} or {@code index}
 * @param largeShare the share of bloat from which it is worth a rebuild
 */
record BloatFinding(
        Subject subject, String what, String kind, long bytes, Bloat bloat, double largeShare) {
    /** Less is not worth a rebuild. */
    static final long LEAST_BYTES = 10L * 1024 * 1024;

    boolean matters() {
        return bloat.certainBytes() >= LEAST_BYTES && share() >= largeShare;
    }

    double share() {
        return bloat.shareOf(bytes);
    }

    Finding of(String check, String why, Measure last, List<Picture.Part> parts) {
        List<Measure> measures =
                new ArrayList<>(
                        List.of(
                                Measure.against(
                                        "estimated bloat share",
                                        share(),
                                        Quantity.RATIO,
                                        largeShare),
                                Measure.of("estimated bloat", bloat.bytes(), Quantity.BYTES),
                                Measure.of(
                                        "error of the estimate",
                                        bloat.errorBytes(),
                                        Quantity.BYTES),
                                Measure.of(kind + " size", bytes, Quantity.BYTES)));
        measures.add(last);
        return Finding.of(
                        check,
                        Severity.WARNING,
                        subject,
                        "An estimated %s of the %s of %s is bloat: %s, give or take %s."
                                .formatted(
                                        Units.percent(share()),
                                        Units.bytes(bytes),
                                        what,
                                        Units.bytes(bloat.bytes()),
                                        Units.bytes(bloat.errorBytes())),
                        why,
                        measures)
                .with(
                        new Picture.Share(
                                "Space of " + subject.name() + " (estimate)",
                                Quantity.BYTES,
                                parts));
    }
}
