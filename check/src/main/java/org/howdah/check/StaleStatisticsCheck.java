package org.howdah.check;

import java.util.List;
import java.util.Set;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.Analyze;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables that have changed so much since their last ANALYZE that plans rest on the past. */
final class StaleStatisticsCheck implements Check {
    /** Autovacuum comes at its threshold; at twice that it has not come. */
    static final double OVERDUE = 2;

    static final double LEAST_ROWS = 1_000;

    @Override
    public String id() {
        return "stale-statistics";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Writer.only(
                facts,
                database ->
                        Outcome.of(
                                database.relations(),
                                facts.main().server().settings(),
                                (relations, settings) -> {
                                    AutovacuumRules rules = AutovacuumRules.of(settings);
                                    Set<Long> bare = MissingStatisticsCheck.bare(database);
                                    return relations.stream()
                                            .filter(RelationFact::hasStorage)
                                            .filter(table -> !bare.contains(table.oid()))
                                            .filter(table -> stale(table, rules))
                                            .map(table -> finding(database.name(), table, rules))
                                            .toList();
                                }));
    }

    private static boolean stale(RelationFact table, AutovacuumRules rules) {
        boolean analyzed = table.lastAnalyzed().isPresent() || table.estimatedRows().isPresent();
        return analyzed
                && table.modifiedSinceAnalyze() >= LEAST_ROWS
                && table.modifiedSinceAnalyze() > limit(table, rules);
    }

    /** Where autovacuum will not come by itself there is nothing to wait for. */
    private static double limit(RelationFact table, AutovacuumRules rules) {
        return rules.analyzeThreshold(table) * (rules.enabledFor(table) ? OVERDUE : 1);
    }

    private Finding finding(String database, RelationFact table, AutovacuumRules rules) {
        double then = table.estimatedRows().orElse(0);
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        Subject.table(database, table.qualifiedName()),
                        "%s rows of %s have changed since its statistics were taken, when it had %s."
                                .formatted(
                                        Units.count(table.modifiedSinceAnalyze()),
                                        table.qualifiedName(),
                                        Units.count(then)),
                        "The planner chooses by statistics of a table that is no longer like that: it underestimates new values most of all, and picks nested loops and sequential scans where they hurt.",
                        List.of(
                                Measure.against(
                                        "rows changed since analyze",
                                        table.modifiedSinceAnalyze(),
                                        Quantity.COUNT,
                                        limit(table, rules)),
                                Measure.of("live rows", table.liveTuples(), Quantity.COUNT),
                                Measure.of("rows at the last count", then, Quantity.COUNT),
                                Measure.of(
                                        "analyzes so far",
                                        (double) table.analyzeCount() + table.autoanalyzeCount(),
                                        Quantity.COUNT)))
                .with(
                        new Analyze(
                                database,
                                table.qualifiedName(),
                                MissingStatisticsCheck.cost(table)));
    }
}
