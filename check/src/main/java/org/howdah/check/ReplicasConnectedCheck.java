package org.howdah.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.ReceiverFact;
import org.howdah.postgres.ReplicaFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;

/** Nodes that cannot be reached, readers that receive nothing, commits that wait for nobody. */
final class ReplicasConnectedCheck implements Check {
    private static final Pattern QUORUM =
            Pattern.compile("(?i)^\\s*(?:ANY|FIRST)?\\s*(\\d+)\\s*\\(");

    @Override
    public String id() {
        return "replicas-connected";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                Stream.of(
                                Stream.of(unreachable(facts)),
                                facts.nodes().filter(Catalog::inRecovery).map(this::receiver),
                                Stream.of(synchronous(facts.main())))
                        .flatMap(part -> part));
    }

    private Outcome unreachable(ClusterFacts facts) {
        return new Outcome.Checked(
                facts.unreachable().stream()
                        .map(sentence ->
                                Finding.of(
                                        id(),
                                        Severity.CRITICAL,
                                        new Subject(Subject.Kind.CLUSTER, "", facts.cluster()),
                                        sentence,
                                        "A node that cannot be read is checked by nobody and"
                                                + " may be down.",
                                        List.of()))
                        .toList());
    }

    // https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-WAL-RECEIVER-VIEW
    private Outcome receiver(Catalog node) {
        return Outcome.of(
                node.server().receiver(),
                rows -> rows.stream().flatMap(receiver -> judge(node, receiver)).toList());
    }

    private Stream<Finding> judge(Catalog node, ReceiverFact receiver) {
        Subject subject = new Subject(Subject.Kind.NODE, "", node.node());
        if (receiver.status().isEmpty() && !node.server().platform().hasOwnStorage()) {
            return Stream.of(
                    Finding.of(
                                    id(),
                                    Severity.CRITICAL,
                                    subject,
                                    node.node() + " receives nothing from a writer",
                                    "It shows older and older data while its lag seems to be zero,"
                                            + " and it is no use in a failover.",
                                    List.of())
                            .with(
                                    new ByHand(
                                            subject,
                                            "Look at its log: primary_conninfo, the slot, and"
                                                    + " whether the WAL it needs still exists",
                                            List.of())));
        }
        if (receiver.replayPaused()) {
            return Stream.of(
                    Finding.of(
                                    id(),
                                    Severity.WARNING,
                                    subject,
                                    "Replay is paused on " + node.node(),
                                    "It receives the log and shows nothing of it until replay is"
                                            + " resumed.",
                                    List.of())
                            .with(
                                    new ByHand(
                                            subject,
                                            "Resume replay",
                                            List.of("SELECT pg_catalog.pg_wal_replay_resume()"))));
        }
        return Stream.empty();
    }

    // https://www.postgresql.org/docs/current/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES
    private Outcome synchronous(Catalog writer) {
        String names =
                ServerSettings.of(writer)
                        .map(settings -> settings.text("synchronous_standby_names"))
                        .orElse("");
        if (names.isBlank() || writer.inRecovery()) {
            return Outcome.fine();
        }
        return Outcome.of(
                writer.server().replicas(), replicas -> missing(names, replicas).stream().toList());
    }

    private Optional<Finding> missing(String names, List<ReplicaFact> replicas) {
        Matcher matcher = QUORUM.matcher(names);
        int needed = matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
        long present =
                replicas.stream()
                        .filter(replica -> replica.state().equals("streaming"))
                        .flatMap(replica -> replica.syncState().stream())
                        .filter(state -> state.equals("sync") || state.equals("quorum"))
                        .count();
        if (present >= needed) {
            return Optional.empty();
        }
        Subject subject = Subject.setting("synchronous_standby_names");
        return Optional.of(
                Finding.of(
                                id(),
                                Severity.CRITICAL,
                                subject,
                                "Commits need %d synchronous standbys and %d are there"
                                        .formatted(needed, present),
                                "Every commit waits, without an error, until enough of them are back.",
                                List.of(
                                        Measure.against(
                                                "synchronous standbys",
                                                present,
                                                Quantity.COUNT,
                                                needed)))
                        .with(
                                new ByHand(
                                        subject,
                                        "Bring the standby back, or take it out of"
                                                + " synchronous_standby_names ("
                                                + names
                                                + ")",
                                        List.of())));
    }
}
