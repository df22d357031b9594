package org.howdah.check;

import java.util.List;
import java.util.Locale;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ConstraintFact;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.QualifiedName;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** Constraints that were added NOT VALID and never validated. */
final class UnvalidatedConstraintCheck implements Check {
    @Override
    public String id() {
        return "constraint-not-validated";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.constraints(),
                constraints ->
                        constraints.stream()
                                .filter(constraint -> !constraint.validated())
                                .filter(constraint -> constraint.parent().isEmpty())
                                .map(constraint -> finding(database.name(), constraint))
                                .toList());
    }

    private Finding finding(String database, ConstraintFact constraint) {
        Subject subject = Subject.table(database, constraint.qualifiedTable());
        return Finding.of(
                        id(),
                        Severity.NOTICE,
                        subject,
                        "The %s constraint %s of %s is not validated."
                                .formatted(
                                        constraint
                                                .kind()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        constraint.name(),
                                        constraint.qualifiedTable()),
                        "It holds for new rows only; old ones may break it, and the planner may not rely on it.",
                        List.of())
                .with(
                        new ByHand(
                                subject,
                                "Validate it: that reads the table once and stops no one from reading or writing. Rows that break it make it fail and have to be mended first.",
                                List.of(
                                        "ALTER TABLE %s VALIDATE CONSTRAINT %s"
                                                .formatted(
                                                        constraint.qualifiedTable().sql(),
                                                        QualifiedName.quote(constraint.name())))));
    }
}
