package org.howdah.check;

import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ConstraintFact;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.QualifiedName;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** Foreign keys whose columns have another type than those at which they point. */
final class ForeignKeyTypeCheck implements Check {
    @Override
    public String id() {
        return "foreign-key-type";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.constraints(),
                constraints ->
                        constraints.stream()
                                .filter(key -> key.kind() == ConstraintFact.Kind.FOREIGN_KEY)
                                .filter(key -> key.parent().isEmpty())
                                .filter(key ->
                                        !key.columnTypes().equals(key.referencedColumnTypes()))
                                .map(key -> finding(database.name(), key))
                                .toList());
    }

    private Finding finding(String database, ConstraintFact key) {
        Subject subject = Subject.table(database, key.qualifiedTable());
        String types = String.join(", ", key.columnTypes());
        String referenced = String.join(", ", key.referencedColumnTypes());
        boolean narrower = narrower(key);
        return Finding.of(
                        id(),
                        narrower ? Severity.WARNING : Severity.NOTICE,
                        subject,
                        "The foreign key %s of %s (%s) is %s, and what it points at is %s."
                                .formatted(
                                        key.name(),
                                        key.qualifiedTable(),
                                        String.join(", ", key.columns()),
                                        types,
                                        referenced),
                        narrower
                                ? "It cannot hold every key that there may be: once they grow beyond its type, rows for them are refused."
                                : "Comparing across types costs conversions and may keep an index from being used.",
                        List.of())
                .with(
                        new ByHand(
                                subject,
                                "Give it the type of what it points at. ALTER COLUMN ... TYPE rewrites the table under a lock against everything; a large one wants a second column, back-filled in batches, and a swap of names.",
                                List.of(
                                        "ALTER TABLE %s ALTER COLUMN %s TYPE %s"
                                                .formatted(
                                                        key.qualifiedTable().sql(),
                                                        QualifiedName.quote(
                                                                key.columns().getFirst()),
                                                        referenced))));
    }

    private static boolean narrower(ConstraintFact key) {
        List<String> widths = List.of("smallint", "integer", "bigint");
        for (int i = 0; i < key.columnTypes().size(); i++) {
            int own = widths.indexOf(key.columnTypes().get(i));
            if (own >= 0 && own < widths.indexOf(key.referencedColumnTypes().get(i))) {
                return true;
            }
        }
        return false;
    }
}
