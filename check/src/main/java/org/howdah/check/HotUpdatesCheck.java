package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables whose updates mostly have to write every index. */
final class HotUpdatesCheck implements Check {
    /** A new version stays on its page, and out of the indexes, where there is room for it. */
    static final double FEW = 0.5;

    static final long LEAST_UPDATES = 10_000;

    /** With one index there is little to save. */
    static final int LEAST_INDEXES = 2;

    private static final int ROOMY_FILL_FACTOR = 85;

    @Override
    public String id() {
        return "few-hot-updates";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Writer.only(
                facts,
                database ->
                        Outcome.of(
                                database.relations(),
                                database.indexes(),
                                (relations, indexes) -> findings(database, relations, indexes)));
    }

    private List<Finding> findings(
            DatabaseFacts database, List<RelationFact> relations, List<IndexFact> indexes) {
        Map<Long, Long> count =
                indexes.stream()
                        .collect(Collectors.groupingBy(IndexFact::table, Collectors.counting()));
        return relations.stream()
                .filter(table -> table.tuplesUpdated() >= LEAST_UPDATES && hotShare(table) < FEW)
                .filter(table -> count.getOrDefault(table.oid(), 0L) >= LEAST_INDEXES)
                .map(table -> finding(database.name(), table, count.getOrDefault(table.oid(), 0L)))
                .toList();
    }

    private static double hotShare(RelationFact table) {
        return (double) table.tuplesHotUpdated() / Math.max(1, table.tuplesUpdated());
    }

    private Finding finding(String database, RelationFact table, long indexes) {
        int fillFactor = Integer.parseInt(table.options().getOrDefault("fillfactor", "100"));
        boolean full = fillFactor > ROOMY_FILL_FACTOR;
        return Finding.of(
                        id(),
                        Severity.NOTICE,
                        Subject.table(database, table.qualifiedName()),
                        "Only %s of the %s updates of %s were HOT; the others wrote to all of its %d indexes."
                                .formatted(
                                        Units.percent(hotShare(table)),
                                        Units.count(table.tuplesUpdated()),
                                        table.qualifiedName(),
                                        indexes),
                        "An update is heap-only when it changes no indexed column and its page has room for the new version. The others bloat every index and wait for VACUUM.",
                        List.of(
                                Measure.against("HOT share", hotShare(table), Quantity.RATIO, FEW),
                                Measure.of("updates", table.tuplesUpdated(), Quantity.COUNT),
                                Measure.of("indexes", indexes, Quantity.COUNT),
                                Measure.of("fill factor", fillFactor / 100.0, Quantity.RATIO)))
                .with(
                        new Picture.Share(
                                "Updates of " + table.qualifiedName(),
                                Quantity.COUNT,
                                List.of(
                                        new Picture.Part("HOT", table.tuplesHotUpdated()),
                                        new Picture.Part(
                                                "not HOT",
                                                (double) table.tuplesUpdated()
                                                        - table.tuplesHotUpdated()))))
                .with(
                        new ByHand(
                                Subject.table(database, table.qualifiedName()),
                                full
                                        ? "See whether the updated columns have to be indexed. If they are not, leave room on the pages: a lower fill factor holds for pages that are written from then on."
                                        : "There is room on the pages: an indexed column is what changes. See whether those indexes are needed.",
                                full
                                        ? List.of(
                                                "ALTER TABLE %s SET (fillfactor = %d)"
                                                        .formatted(
                                                                table.qualifiedName().sql(),
                                                                ROOMY_FILL_FACTOR))
                                        : List.of()));
    }
}
