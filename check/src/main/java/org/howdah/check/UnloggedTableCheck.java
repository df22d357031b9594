package org.howdah.check;

import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.Persistence;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables that a crash empties and that no reader has. */
final class UnloggedTableCheck implements Check {
    @Override
    public String id() {
        return "unlogged-table";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        boolean readers = !facts.readers().isEmpty() || facts.main().inRecovery();
        return Outcome.of(
                database.relations(),
                relations ->
                        relations.stream()
                                .filter(table -> table.persistence() == Persistence.UNLOGGED)
                                .filter(table -> !table.extensionMember())
                                .map(table -> finding(database.name(), table, readers))
                                .toList());
    }

    private Finding finding(String database, RelationFact table, boolean readers) {
        return Finding.of(
                        id(),
                        readers ? Severity.WARNING : Severity.NOTICE,
                        Subject.table(database, table.qualifiedName()),
                        "%s (%s) is unlogged: a crash or failover empties it%s."
                                .formatted(
                                        table.qualifiedName(),
                                        Units.bytes(table.heapBytes()),
                                        readers ? ", and no reader can read it" : ""),
                        "Its rows are not in the WAL, so they are in no reader, no backup from the WAL, and gone after a crash. That is right for what can be made again, and for nothing else.",
                        List.of(
                                Measure.of("rows", table.rows(), Quantity.COUNT),
                                Measure.of("table size", table.heapBytes(), Quantity.BYTES)))
                .with(
                        new ByHand(
                                Subject.table(database, table.qualifiedName()),
                                "Where its rows matter, make it logged; that writes the whole table to the WAL under a lock against everything.",
                                List.of(
                                        "ALTER TABLE "
                                                + table.qualifiedName().sql()
                                                + " SET LOGGED")));
    }
}
