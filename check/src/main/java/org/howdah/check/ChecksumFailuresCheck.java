package org.howdah.check;

import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.DatabaseStateFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Pages that came back from storage other than they were written. */
final class ChecksumFailuresCheck implements Check {
    @Override
    public String id() {
        return "checksum-failures";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().databases(),
                                        databases ->
                                                databases.stream()
                                                        .filter(database ->
                                                                database.checksumFailures()
                                                                                .orElse(0)
                                                                        > 0)
                                                        .map(database -> finding(node, database))
                                                        .toList())));
    }

    // https://www.postgresql.org/docs/current/checksums.html
    private Finding finding(Catalog node, DatabaseStateFact database) {
        long failures = database.checksumFailures().orElse(0);
        Subject subject = new Subject(Subject.Kind.DATABASE, database.name(), database.name());
        return Finding.of(
                        id(),
                        Severity.CRITICAL,
                        subject,
                        "%s damaged pages of %s were read on %s"
                                .formatted(Units.exact(failures), database.name(), node.node()),
                        "Storage or memory lies: more pages are likely to be damaged, and backups"
                                + " made now may carry the damage on.",
                        List.of(Measure.against("checksum failures", failures, Quantity.COUNT, 0)))
                .with(
                        new ByHand(
                                subject,
                                "Keep every backup, fail over to a node that is sound, then look at"
                                        + " the kernel's log and replace the hardware",
                                List.of()));
    }
}
