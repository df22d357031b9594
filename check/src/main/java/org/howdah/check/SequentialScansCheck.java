package org.howdah.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Large tables that are mostly read from end to end, summed over all nodes that were read. */
final class SequentialScansCheck implements Check {
    /** Reading a smaller table whole is often the best plan. */
    static final long LEAST_BYTES = 4L * 1024 * 1024;

    /** Fewer are reports, backups and loads. */
    static final long LEAST_SCANS = 50;

    static final double LEAST_ROWS_A_SCAN = 10_000;

    /** Every second access. */
    static final double MOSTLY = 0.5;

    private record Reads(long sequentialScans, long rowsRead, long indexScans) {
        Reads plus(RelationFact table) {
            return new Reads(
                    sequentialScans + table.sequentialScans(),
                    rowsRead + table.sequentialTuplesRead(),
                    indexScans + table.indexScans());
        }

        double share() {
            double all = (double) sequentialScans + indexScans;
            return all == 0 ? 0 : sequentialScans / all;
        }

        double rowsOfScan() {
            return sequentialScans == 0 ? 0 : (double) rowsRead / sequentialScans;
        }
    }

    @Override
    public String id() {
        return "sequential-scans";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        Map<Long, Reads> reads = new HashMap<>();
        facts.nodes()
                .flatMap(node -> node.database().relations().orNone().stream())
                .forEach(table ->
                        reads.put(
                                table.oid(),
                                reads.getOrDefault(table.oid(), new Reads(0, 0, 0)).plus(table)));
        return Outcome.of(
                facts.main().database().relations(),
                relations -> findings(facts.main().database().name(), relations, reads));
    }

    private List<Finding> findings(
            String database, List<RelationFact> relations, Map<Long, Reads> reads) {
        List<Finding> findings = new ArrayList<>();
        for (RelationFact table : relations) {
            Reads read = reads.getOrDefault(table.oid(), new Reads(0, 0, 0));
            if (table.heapBytes() >= LEAST_BYTES
                    && read.sequentialScans() >= LEAST_SCANS
                    && read.rowsOfScan() >= LEAST_ROWS_A_SCAN
                    && read.share() >= MOSTLY) {
                findings.add(finding(database, table, read));
            }
        }
        return findings;
    }

    private Finding finding(String database, RelationFact table, Reads read) {
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        Subject.table(database, table.qualifiedName()),
                        "%s of the scans of %s (%s) are sequential: %s of them, %s rows read by each."
                                .formatted(
                                        Units.percent(read.share()),
                                        table.qualifiedName(),
                                        Units.bytes(table.heapBytes()),
                                        Units.count(read.sequentialScans()),
                                        Units.count(read.rowsOfScan())),
                        "Queries read the table whole to find a few rows; an index for what they ask is missing, or its statistics or an expression keep them from using it.",
                        List.of(
                                Measure.against(
                                        "share of sequential scans",
                                        read.share(),
                                        Quantity.RATIO,
                                        MOSTLY),
                                Measure.of(
                                        "sequential scans", read.sequentialScans(), Quantity.COUNT),
                                Measure.of("index scans", read.indexScans(), Quantity.COUNT),
                                Measure.of("rows read by each", read.rowsOfScan(), Quantity.COUNT),
                                Measure.of("table size", table.heapBytes(), Quantity.BYTES)))
                .with(
                        new Picture.Share(
                                "Scans of " + table.qualifiedName(),
                                Quantity.COUNT,
                                List.of(
                                        new Picture.Part("sequential", read.sequentialScans()),
                                        new Picture.Part("by index", read.indexScans()))));
    }
}
