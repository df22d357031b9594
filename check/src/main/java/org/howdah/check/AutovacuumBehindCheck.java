package org.howdah.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.DatabaseFact;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.Cost;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.remedy.Vacuum;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables that autovacuum should have vacuumed by its own rules, and has not. */
final class AutovacuumBehindCheck implements Check {
    /**
     * Above its threshold a table waits for the next look; at twice the threshold it waits long.
     */
    static final double BEHIND = 2;

    /** From here on the workers plainly do not keep up. */
    static final double FAR_BEHIND = 10;

    /** Fewer rows are vacuumed in a moment whenever a worker comes. */
    static final double LEAST_ROWS = 1_000;

    @Override
    public String id() {
        return "autovacuum-behind";
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
                                        findings(
                                                facts.main(),
                                                relations,
                                                AutovacuumRules.of(settings))));
    }

    private List<Finding> findings(
            Catalog node, List<RelationFact> relations, AutovacuumRules rules) {
        List<Finding> findings = new ArrayList<>();
        for (RelationFact table : relations) {
            if (!table.hasStorage() || !rules.enabledFor(table)) {
                continue;
            }
            double dead = table.deadTuples() / rules.vacuumThreshold(table);
            double inserted = table.insertedSinceVacuum() / rules.insertThreshold(table);
            if (dead >= BEHIND && table.deadTuples() >= LEAST_ROWS) {
                findings.add(
                        finding(
                                node,
                                table,
                                "dead",
                                (double) table.deadTuples(),
                                rules.vacuumThreshold(table)));
            } else if (inserted >= BEHIND && table.insertedSinceVacuum() >= LEAST_ROWS) {
                findings.add(
                        finding(
                                node,
                                table,
                                "inserted",
                                (double) table.insertedSinceVacuum(),
                                rules.insertThreshold(table)));
            }
        }
        return findings;
    }

    private Finding finding(
            Catalog node, RelationFact table, String what, double rows, double threshold) {
        DatabaseFacts database = node.database();
        Finding finding =
                Finding.of(
                        id(),
                        what.equals("dead") && rows / threshold >= FAR_BEHIND
                                ? Severity.CRITICAL
                                : Severity.WARNING,
                        Subject.table(database.name(), table.qualifiedName()),
                        "%s has %s %s rows, %s its autovacuum threshold of %s; %s."
                                .formatted(
                                        table.qualifiedName(),
                                        Units.count(rows),
                                        what,
                                        Units.times(rows / threshold),
                                        Units.count(threshold),
                                        lastVacuum(database, table)),
                        "Autovacuum does not keep up: too few workers, too low a cost limit, or something (a long transaction, a lock) keeps it away.",
                        List.of(
                                Measure.against(
                                        what + " rows", rows, Quantity.COUNT, threshold * BEHIND),
                                Measure.of("autovacuum threshold", threshold, Quantity.COUNT),
                                Measure.of(
                                        "autovacuums so far",
                                        table.autovacuumCount(),
                                        Quantity.COUNT),
                                Measure.of("table size", table.heapBytes(), Quantity.BYTES)));
        Vacuum vacuum =
                new Vacuum(
                        database.name(),
                        table.qualifiedName(),
                        false,
                        false,
                        Cost.reading(table.heapBytes()));
        return RunningVacuum.of(node.server(), database.name(), table)
                .map(running -> running.on(finding))
                .orElseGet(() -> finding.with(vacuum));
    }

    static String lastVacuum(DatabaseFacts database, RelationFact table) {
        Optional<Instant> last = table.lastVacuumed();
        Optional<Instant> now =
                database.database().orNone().stream().map(DatabaseFact::now).findFirst();
        if (last.isEmpty() || now.isEmpty()) {
            return "as far as is known it was never vacuumed";
        }
        return "its last vacuum was "
                + Units.duration(Duration.between(last.get(), now.get()))
                + " ago";
    }
}
