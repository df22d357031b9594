package org.howdah.check;

import java.util.List;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.ExtensionFact;
import org.howdah.postgres.QualifiedName;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** Extensions whose objects in this database are older than their files on the server. */
final class OutdatedExtensionCheck implements Check {
    @Override
    public String id() {
        return "outdated-extension";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.extensions(),
                extensions ->
                        extensions.stream()
                                .filter(OutdatedExtensionCheck::outdated)
                                .map(extension -> finding(database.name(), extension))
                                .toList());
    }

    private static boolean outdated(ExtensionFact extension) {
        return !extension.availableVersion().equals(Optional.of(extension.version()));
    }

    private Finding finding(String database, ExtensionFact extension) {
        Subject subject = new Subject(Subject.Kind.EXTENSION, database, extension.name());
        if (extension.availableVersion().isEmpty()) {
            return Finding.of(
                    id(),
                    Severity.CRITICAL,
                    subject,
                    "The files of extension %s %s are not on the server."
                            .formatted(extension.name(), extension.version()),
                    "What calls its functions fails, or will on the next connection; a dump of this database cannot be restored here.",
                    List.of());
        }
        return Finding.of(
                        id(),
                        Severity.NOTICE,
                        subject,
                        "Extension %s is at %s; the server has %s."
                                .formatted(
                                        extension.name(),
                                        extension.version(),
                                        extension.availableVersion().get()),
                        "Its new functions and the mended definitions of its old ones are not there until it is updated, as after each upgrade of the server.",
                        List.of())
                .with(
                        new ByHand(
                                subject,
                                "Read its release notes, then update it.",
                                List.of(
                                        "ALTER EXTENSION "
                                                + QualifiedName.quote(extension.name())
                                                + " UPDATE")));
    }
}
