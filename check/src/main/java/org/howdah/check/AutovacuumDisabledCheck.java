package org.howdah.check;

import java.util.List;
import java.util.Map;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.SetTableOptions;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables on which autovacuum is switched off. */
final class AutovacuumDisabledCheck implements Check {
    private static final String OPTION = "autovacuum_enabled";

    @Override
    public String id() {
        return "autovacuum-disabled";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.relations(),
                relations ->
                        relations.stream()
                                .filter(table -> AutovacuumRules.disabledBy(table.options()))
                                .map(table -> finding(database.name(), table))
                                .toList());
    }

    private Finding finding(String database, RelationFact table) {
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        Subject.table(database, table.qualifiedName()),
                        "Autovacuum is switched off for %s; it has %s dead rows and %s changed since its last analyze."
                                .formatted(
                                        table.qualifiedName(),
                                        Units.count(table.deadTuples()),
                                        Units.count(table.modifiedSinceAnalyze())),
                        "Dead rows are never removed and statistics never renewed, so the table grows and its plans go wrong; only the forced vacuum against wraparound still comes, at the worst moment.",
                        List.of(
                                Measure.of("dead rows", table.deadTuples(), Quantity.COUNT),
                                Measure.of("live rows", table.rows(), Quantity.COUNT),
                                Measure.of(
                                        "rows changed since analyze",
                                        table.modifiedSinceAnalyze(),
                                        Quantity.COUNT),
                                Measure.of("table size", table.heapBytes(), Quantity.BYTES)))
                .with(
                        new SetTableOptions(
                                database,
                                table.qualifiedName(),
                                Map.of(OPTION, "true"),
                                Map.of(OPTION, table.options().getOrDefault(OPTION, "false"))));
    }
}
