package org.howdah.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.RelationFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;

/** Partitions whose concurrent detach was begun and not ended. */
final class DetachPendingCheck implements Check {
    @Override
    public String id() {
        return "detach-pending";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.relations(),
                relations -> {
                    Map<Long, RelationFact> byOid = database.relationsByOid();
                    return relations.stream()
                            .filter(RelationFact::detachPending)
                            .map(partition ->
                                    finding(
                                            database.name(),
                                            partition,
                                            Optional.ofNullable(
                                                    byOid.get(partition.parent().orElse(0)))))
                            .toList();
                });
    }

    private Finding finding(
            String database, RelationFact partition, Optional<RelationFact> parent) {
        Subject subject = Subject.table(database, partition.qualifiedName());
        String of = parent.map(table -> table.qualifiedName().toString()).orElse("its table");
        return Finding.of(
                        id(),
                        Severity.WARNING,
                        subject,
                        "Detaching %s from %s was begun and not ended."
                                .formatted(partition.qualifiedName(), of),
                        "Queries no longer see its rows, yet it still belongs to the table, and no other partition can be detached.",
                        List.of(Measure.of("rows", partition.rows(), Quantity.COUNT)))
                .with(
                        new ByHand(
                                subject,
                                "Unless it is being detached right now, end it.",
                                parent.stream()
                                        .map(table ->
                                                "ALTER TABLE %s DETACH PARTITION %s FINALIZE"
                                                        .formatted(
                                                                table.qualifiedName().sql(),
                                                                partition.qualifiedName().sql()))
                                        .toList()));
    }
}
