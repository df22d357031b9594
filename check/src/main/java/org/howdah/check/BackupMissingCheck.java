package org.howdah.check;

import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.ServerFacts;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;

/** A server of which nothing points to a backup that could be restored to a point in time. */
final class BackupMissingCheck implements Check {
    @Override
    public String id() {
        return "backup-missing";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        Catalog writer = facts.main();
        return Outcome.with(
                writer.server().settings(),
                _ ->
                        Outcome.of(
                                writer.server().replicas(),
                                writer.server().slots(),
                                (_, _) -> judge(writer)));
    }

    // https://www.postgresql.org/docs/current/continuous-archiving.html
    private List<Finding> judge(Catalog writer) {
        ServerFacts server = writer.server();
        boolean archives =
                ServerSettings.of(writer)
                        .map(settings -> !settings.isOff("archive_mode"))
                        .orElse(false);
        boolean streams =
                !server.replicas().orNone().isEmpty()
                        || server.slots().orNone().stream()
                                .anyMatch(slot -> slot.type().equals("physical"));
        if (archives || streams || writer.inRecovery() || server.platform().isManaged()) {
            return List.of();
        }
        Subject subject = new Subject(Subject.Kind.CLUSTER, "", writer.node());
        return List.of(
                Finding.of(
                                id(),
                                Severity.NOTICE,
                                subject,
                                "Nothing shows that this server's log is archived or streamed"
                                        + " anywhere",
                                "Without it a lost server loses everything since its last dump or"
                                        + " copy, if there is one.",
                                List.of())
                        .with(
                                new ByHand(
                                        subject,
                                        "Stream or archive the log to another machine, and prove now"
                                                + " and then that it can be restored",
                                        List.of())));
    }
}
