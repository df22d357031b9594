package org.howdah.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Bloat;
import org.howdah.postgres.BloatEstimate;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.RowWidthFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables that would be much smaller if they were written anew. */
final class TableBloatCheck implements Check {
    /** Autovacuum with its defaults leaves some 20 % free; twice that is past use. */
    static final double LARGE_SHARE = 0.40;

    /** Less is not worth a rewrite. */
    static final long LEAST_BYTES = 10L * 1024 * 1024;

    @Override
    public String id() {
        return "table-bloat";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Writer.only(
                facts,
                database ->
                        Outcome.with(
                                database.relations(),
                                relations ->
                                        Outcome.with(
                                                database.rowWidths(),
                                                widths ->
                                                        judge(
                                                                database.name(),
                                                                relations,
                                                                widths))));
    }

    private Outcome judge(
            String database, List<RelationFact> relations, List<RowWidthFact> widths) {
        long readable = widths.stream().filter(RowWidthFact::readable).count();
        return RightToRead.outcome(
                findings(database, relations, widths),
                "the statistics of the columns of tables of 1 MB and more",
                readable,
                widths.size() - readable);
    }

    private List<Finding> findings(
            String database, List<RelationFact> relations, List<RowWidthFact> widths) {
        Map<Long, RowWidthFact> widthOf =
                widths.stream()
                        .collect(Collectors.toMap(RowWidthFact::relation, Function.identity()));
        List<Finding> findings = new ArrayList<>();
        for (RelationFact table : relations) {
            Optional.ofNullable(widthOf.get(table.oid()))
                    .filter(_ -> !table.locked())
                    .flatMap(width -> BloatEstimate.ofHeap(table, width))
                    .filter(bloat -> bloat.certainBytes() >= LEAST_BYTES)
                    .filter(bloat -> bloat.shareOf(table.heapBytes()) >= LARGE_SHARE)
                    .ifPresent(bloat -> findings.add(finding(database, table, bloat)));
        }
        return findings;
    }

    private Finding finding(String database, RelationFact table, Bloat bloat) {
        double share = bloat.shareOf(table.heapBytes());
        long dead = Math.round(bloat.bytes() * Math.min(1, DeadRowsCheck.deadShare(table) / share));
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        Subject.table(database, table.qualifiedName()),
                        "An estimated %s of the %s of %s is bloat: %s, give or take %s."
                                .formatted(
                                        Units.percent(share),
                                        Units.bytes(table.heapBytes()),
                                        table.qualifiedName(),
                                        Units.bytes(bloat.bytes()),
                                        Units.bytes(bloat.errorBytes())),
                        "Scans and caches carry the empty space. VACUUM makes it usable for new rows but does not give it back; only a rewrite does.",
                        List.of(
                                Measure.against(
                                        "estimated bloat share",
                                        share,
                                        Quantity.RATIO,
                                        LARGE_SHARE),
                                Measure.of("estimated bloat", bloat.bytes(), Quantity.BYTES),
                                Measure.of(
                                        "error of the estimate",
                                        bloat.errorBytes(),
                                        Quantity.BYTES),
                                Measure.of("table size", table.heapBytes(), Quantity.BYTES),
                                Measure.of("dead rows", table.deadTuples(), Quantity.COUNT)))
                .with(
                        new Picture.Share(
                                "Space of " + table.qualifiedName() + " (estimate)",
                                Quantity.BYTES,
                                List.of(
                                        new Picture.Part(
                                                "live rows",
                                                (double) table.heapBytes() - bloat.bytes()),
                                        new Picture.Part("dead rows", dead),
                                        new Picture.Part("free", (double) bloat.bytes() - dead))))
                .with(
                        new ByHand(
                                Subject.table(database, table.qualifiedName()),
                                "Remove what makes the dead rows first; then rewrite the table online (pg_repack, pg_squeeze), or with VACUUM FULL where nobody needs it for the while: it locks the table against reads and needs the space of the new copy.",
                                List.of("VACUUM (FULL, ANALYZE) " + table.qualifiedName().sql())));
    }
}
