package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFact;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.Cost;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.SetTableOptions;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.remedy.Vacuum;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables of which a large share of the rows is dead. */
final class DeadRowsCheck implements Check {
    /** What autovacuum's default scale factor lets come; more is churn that it does not follow. */
    static final double MANY = 0.15;

    /** Every second row that is read is thrown away. */
    static final double MOST = 0.45;

    /** In a smaller table dead rows cost nothing that could be measured. */
    static final long LEAST_BYTES = 256 * 1024;

    static final long LEAST_ROWS = 1_000;

    @Override
    public String id() {
        return "dead-rows";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Writer.only(
                facts,
                database ->
                        Outcome.of(
                                database.relations(),
                                facts.main().server().settings(),
                                (relations, settings) ->
                                        relations.stream()
                                                .filter(DeadRowsCheck::many)
                                                .map(table ->
                                                        finding(
                                                                database,
                                                                table,
                                                                AutovacuumRules.of(settings)))
                                                .toList()));
    }

    private static boolean many(RelationFact table) {
        return table.deadTuples() >= LEAST_ROWS
                && table.heapBytes() >= LEAST_BYTES
                && deadShare(table) >= MANY;
    }

    static double deadShare(RelationFact table) {
        double all = (double) table.liveTuples() + table.deadTuples();
        return all == 0 ? 0 : table.deadTuples() / all;
    }

    private Finding finding(DatabaseFacts database, RelationFact table, AutovacuumRules rules) {
        double share = deadShare(table);
        Finding finding =
                Finding.of(
                                id(),
                                share >= MOST ? Severity.CRITICAL : Severity.WARNING,
                                Subject.table(database.name(), table.qualifiedName()),
                                "%s of the rows of %s are dead (%s dead, %s live); %s."
                                        .formatted(
                                                Units.percent(share),
                                                table.qualifiedName(),
                                                Units.count(table.deadTuples()),
                                                Units.count(table.liveTuples()),
                                                AutovacuumBehindCheck.lastVacuum(database, table)),
                                "Every scan reads dead rows and throws them away, caches hold them, and new rows find no space, so that the table grows.",
                                measures(database, table, rules, share))
                        .with(
                                new Picture.Share(
                                        "Rows of " + table.qualifiedName(),
                                        Quantity.COUNT,
                                        List.of(
                                                new Picture.Part("live", table.liveTuples()),
                                                new Picture.Part("dead", table.deadTuples()))));
        Vacuum vacuum =
                new Vacuum(
                        database.name(),
                        table.qualifiedName(),
                        false,
                        false,
                        Cost.reading(table.heapBytes()));
        Map<String, String> options =
                database.database().orNone().stream()
                        .findFirst()
                        .map(known ->
                                AutovacuumTuning.options(table, rules, Churn.of(table, known)))
                        .orElse(Map.of());
        return options.isEmpty()
                ? finding.with(vacuum)
                : finding.with(
                        vacuum,
                        new SetTableOptions(
                                database.name(),
                                table.qualifiedName(),
                                options,
                                previous(table, options)));
    }

    private static List<Measure> measures(
            DatabaseFacts database, RelationFact table, AutovacuumRules rules, double share) {
        double churn =
                database.database().orNone().stream()
                        .mapToDouble((DatabaseFact known) -> Churn.of(table, known).perSecond())
                        .findFirst()
                        .orElse(0);
        return List.of(
                Measure.against("dead share", share, Quantity.RATIO, MANY),
                Measure.of("dead rows", table.deadTuples(), Quantity.COUNT),
                Measure.of("live rows", table.liveTuples(), Quantity.COUNT),
                Measure.of("rows dying", churn, Quantity.PER_SECOND),
                Measure.of("autovacuum threshold", rules.vacuumThreshold(table), Quantity.COUNT),
                Measure.of("table size", table.heapBytes(), Quantity.BYTES));
    }

    private static Map<String, String> previous(RelationFact table, Map<String, String> options) {
        return table.options().entrySet().stream()
                .filter(option -> options.containsKey(option.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
