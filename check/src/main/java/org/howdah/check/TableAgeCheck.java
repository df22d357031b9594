package org.howdah.check;

import java.util.List;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Facts;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.Cost;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.remedy.Vacuum;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables whose oldest row has passed the age at which autovacuum is forced to freeze it. */
final class TableAgeCheck implements Check {
    /**
     * A forced vacuum begins at its limit; a tenth beyond it, it should have ended.
     * https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND
     */
    static final double OVERDUE = 1.1;

    /** Half of the 2^31 ids: at some 1.6 billion VACUUM gives up on indexes, at 2.1 writes end. */
    static final double DANGEROUS_AGE = 1_073_741_824;

    @Override
    public String id() {
        return "table-age";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.of(
                all(facts),
                facts.main().server().settings(),
                (relations, settings) -> {
                    AutovacuumRules rules = AutovacuumRules.of(settings);
                    return relations.stream()
                            .flatMap(table -> findings(facts.main(), table, rules))
                            .toList();
                });
    }

    /** Catalogs too: the oldest table of all holds back the whole database. */
    private static Facts<RelationFact> all(ClusterFacts facts) {
        return switch (facts.main().database().relations()) {
            case Facts.Known<RelationFact> known ->
                    new Facts.Known<>(
                            Stream.concat(
                                            known.rows().stream(),
                                            facts.main().database().catalogs().orNone().stream())
                                    .toList(),
                            known.readAt());
            case Facts.Unknown<RelationFact> unknown -> unknown;
        };
    }

    private Stream<Finding> findings(Catalog node, RelationFact table, AutovacuumRules rules) {
        double xidLimit = rules.freezeMaxAge(table);
        double multixactLimit = rules.multixactFreezeMaxAge(table);
        if (table.xidAge() > xidLimit * OVERDUE) {
            return Stream.of(finding(node, table, "transactions", table.xidAge(), xidLimit));
        }
        if (table.multixactAge() > multixactLimit * OVERDUE) {
            return Stream.of(
                    finding(node, table, "multixacts", table.multixactAge(), multixactLimit));
        }
        return Stream.empty();
    }

    private Finding finding(Catalog node, RelationFact table, String what, long age, double limit) {
        String database = node.database().name();
        Finding finding =
                Finding.of(
                        id(),
                        age >= DANGEROUS_AGE ? Severity.CRITICAL : Severity.WARNING,
                        Subject.table(database, table.qualifiedName()),
                        "The oldest row of %s is %s %s old; a freezing vacuum has been due since %s."
                                .formatted(
                                        table.qualifiedName(),
                                        Units.count(age),
                                        what,
                                        Units.count(limit)),
                        "Ids wrap around after 2 billion; the server refuses all writes before that happens. A freezing vacuum that is forced does not give way to other locks.",
                        List.of(
                                Measure.against(
                                        "age in " + what, age, Quantity.COUNT, limit * OVERDUE),
                                Measure.of("share of all ids", age / 2147483648.0, Quantity.RATIO),
                                Measure.of("table size", table.heapBytes(), Quantity.BYTES)));
        Vacuum vacuum =
                new Vacuum(
                        database,
                        table.qualifiedName(),
                        false,
                        true,
                        Cost.reading(table.heapBytes()));
        return RunningVacuum.of(node.server(), database, table)
                .map(running -> running.on(finding))
                .orElseGet(() -> finding.with(vacuum));
    }
}
