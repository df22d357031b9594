package org.howdah.check;

import java.util.List;
import java.util.OptionalDouble;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.DatabaseStateFact;
import org.howdah.postgres.TableIoFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Pages of a database that were not in shared buffers when they were needed. */
final class CacheHitCheck implements Check {
    /** What transactional loads reach whose working set fits; no law of nature. */
    private static final double LEAST = 0.95;

    /** Fewer accesses say nothing: some 780 MB. */
    static final long ENOUGH_BLOCKS = 100_000;

    private final long enoughBlocks;

    CacheHitCheck() {
        this(ENOUGH_BLOCKS);
    }

    /**
     * @param enoughBlocks how many accesses a ratio needs to mean something
     */
    CacheHitCheck(long enoughBlocks) {
        this.enoughBlocks = enoughBlocks;
    }

    @Override
    public String id() {
        return "cache-hit-ratio";
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
                                                        .flatMap(database ->
                                                                judge(node, database).stream())
                                                        .toList())));
    }

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW
    private java.util.Optional<Finding> judge(Catalog node, DatabaseStateFact database) {
        OptionalDouble ratio =
                HitRatio.of(database.blocksHit(), database.blocksRead(), enoughBlocks);
        if (ratio.isEmpty() || ratio.getAsDouble() >= LEAST) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(
                Finding.of(
                        id(),
                        Severity.WARNING,
                        new Subject(Subject.Kind.DATABASE, database.name(), database.name()),
                        "%s of the pages that %s needed on %s were in shared buffers"
                                .formatted(
                                        Units.percent(ratio.getAsDouble()),
                                        database.name(),
                                        node.node()),
                        "The others came from the kernel's cache or from disk: sequential scans of"
                                + " large tables, missing indexes or too small shared buffers."
                                + hottest(node),
                        List.of(
                                Measure.against(
                                        "cache hit ratio",
                                        ratio.getAsDouble(),
                                        Quantity.RATIO,
                                        LEAST),
                                Measure.of("blocks read", database.blocksRead(), Quantity.COUNT))));
    }

    private static String hottest(Catalog node) {
        long heap =
                node.server().tableIo().orNone().stream().mapToLong(TableIoFact::heapRead).sum();
        long index =
                node.server().tableIo().orNone().stream().mapToLong(TableIoFact::indexRead).sum();
        return heap + index == 0
                ? ""
                : " %s of the reads from tables and indexes here were of tables."
                        .formatted(Units.percent(heap / (double) (heap + index)));
    }
}
