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
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;

/** Tables that would be much smaller if they were written anew. */
final class TableBloatCheck implements Check {
    /** Autovacuum with its defaults leaves some 20 % free; twice that is past use. */
    static final double LARGE_SHARE = 0.40;

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
                    .map(bloat -> bloated(database, table, bloat))
                    .filter(BloatFinding::matters)
                    .ifPresent(bloated -> findings.add(finding(table, bloated)));
        }
        return findings;
    }

    private static BloatFinding bloated(String database, RelationFact table, Bloat bloat) {
        return new BloatFinding(
                Subject.table(database, table.qualifiedName()),
                table.qualifiedName().toString(),
                "table",
                table.heapBytes(),
                bloat,
                LARGE_SHARE);
    }

    private Finding finding(RelationFact table, BloatFinding bloated) {
        long bloat = bloated.bloat().bytes();
        long dead =
                Math.round(bloat * Math.min(1, DeadRowsCheck.deadShare(table) / bloated.share()));
        return bloated.of(
                        id(),
                        "Scans and caches carry the empty space. VACUUM makes it usable for new rows but does not give it back; only a rewrite does.",
                        Measure.of("dead rows", table.deadTuples(), Quantity.COUNT),
                        List.of(
                                new Picture.Part("live rows", table.heapBytes() - bloat),
                                new Picture.Part("dead rows", dead),
                                new Picture.Part("free", bloat - dead)))
                .with(
                        new ByHand(
                                bloated.subject(),
                                "Remove what makes the dead rows first; then rewrite the table online (pg_repack, pg_squeeze), or with VACUUM FULL where nobody needs it for the while: it locks the table against reads and needs the space of the new copy.",
                                List.of("VACUUM (FULL, ANALYZE) " + table.qualifiedName().sql())));
    }
}
