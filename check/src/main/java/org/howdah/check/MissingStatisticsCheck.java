package org.howdah.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.RelationKind;
import org.howdah.postgres.RowWidthFact;
import org.howdah.remedy.Analyze;
import org.howdah.remedy.Cost;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables with rows and without any statistics. */
final class MissingStatisticsCheck implements Check {
    static final double LEAST_ROWS = 1_000;

    /** ANALYZE samples 300 rows for each unit of the statistics target, 100 by default. */
    private static final long SAMPLED_PAGES = 30_000;

    @Override
    public String id() {
        return "missing-statistics";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Writer.only(
                facts,
                database ->
                        Outcome.of(
                                database.relations(), relations -> findings(database, relations)));
    }

    private List<Finding> findings(DatabaseFacts database, List<RelationFact> relations) {
        Set<Long> bare = bare(database);
        return relations.stream()
                .filter(table ->
                        neverAnalyzed(table)
                                || (bare.contains(table.oid()) && table.rows() >= LEAST_ROWS))
                .map(table -> finding(database.name(), table))
                .toList();
    }

    /** Tables of which no column has statistics, among those that are large enough to know. */
    static Set<Long> bare(DatabaseFacts database) {
        return database.rowWidths().orNone().stream()
                .filter(width -> width.readable() && width.analyzedColumns() == 0)
                .map(RowWidthFact::relation)
                .collect(Collectors.toSet());
    }

    /** Counters may be lost, but then reltuples is still there. */
    private static boolean neverAnalyzed(RelationFact table) {
        return table.kind() != RelationKind.PARTITIONED_TABLE
                && table.lastAnalyzed().isEmpty()
                && table.estimatedRows().isEmpty()
                && table.liveTuples() >= LEAST_ROWS;
    }

    private Finding finding(String database, RelationFact table) {
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        Subject.table(database, table.qualifiedName()),
                        "%s has some %s rows and no statistics: it was never analyzed, or they were lost."
                                .formatted(table.qualifiedName(), Units.count(table.liveTuples())),
                        "The planner guesses: ten pages for a table that it knows nothing of, half a percent of the rows for a value.",
                        List.of(
                                Measure.against(
                                        "live rows", table.rows(), Quantity.COUNT, LEAST_ROWS),
                                Measure.of("table size", table.heapBytes(), Quantity.BYTES)))
                .with(new Analyze(database, table.qualifiedName(), cost(table)));
    }

    static Cost cost(RelationFact table) {
        return Cost.reading(Math.min(table.heapBytes(), SAMPLED_PAGES * 8192));
    }
}
