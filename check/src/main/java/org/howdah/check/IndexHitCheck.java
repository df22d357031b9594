package org.howdah.check;

import java.util.List;
import java.util.OptionalDouble;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.TableIoFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Pages of indexes that were not in shared buffers when they were needed. */
final class IndexHitCheck implements Check {
    /** Inner pages are read by every look-up and should never leave memory. */
    private static final double LEAST = 0.99;

    private final long enoughBlocks;

    IndexHitCheck() {
        this(CacheHitCheck.ENOUGH_BLOCKS);
    }

    /**
     * @param enoughBlocks how many accesses a ratio needs to mean something
     */
    IndexHitCheck(long enoughBlocks) {
        this.enoughBlocks = enoughBlocks;
    }

    @Override
    public String id() {
        return "index-hit-ratio";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().tableIo(),
                                        rows ->
                                                rows.stream()
                                                        .flatMap(io -> judge(node, io).stream())
                                                        .toList())));
    }

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STATIO-ALL-TABLES-VIEW
    private java.util.Optional<Finding> judge(Catalog node, TableIoFact io) {
        OptionalDouble ratio = HitRatio.of(io.indexHit(), io.indexRead(), enoughBlocks);
        if (ratio.isEmpty() || ratio.getAsDouble() >= LEAST) {
            return java.util.Optional.empty();
        }
        String database = node.database().name();
        return java.util.Optional.of(
                Finding.of(
                        id(),
                        Severity.WARNING,
                        new Subject(Subject.Kind.DATABASE, database, database),
                        "%s of the index pages that %s needed on %s were in shared buffers"
                                .formatted(
                                        Units.percent(ratio.getAsDouble()), database, node.node()),
                        "Indexes do not fit into memory: unused and bloated ones push out those that"
                                + " are needed, or shared buffers are too small.",
                        List.of(
                                Measure.against(
                                        "index hit ratio",
                                        ratio.getAsDouble(),
                                        Quantity.RATIO,
                                        LEAST),
                                Measure.of("index blocks read", io.indexRead(), Quantity.COUNT))));
    }
}
