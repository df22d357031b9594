package org.howdah.check;

import java.time.Duration;
import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ActivityFact;
import org.howdah.postgres.Catalog;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Connections that are kept and hardly used. */
final class ConnectionsIdleCheck implements Check {
    /** Fewer idle connections cost nothing worth a word. */
    private static final int FEW = 20;

    /** Of all client connections. */
    private static final double MOST = 0.80;

    /** A connection that did nothing for so long is not between two statements. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Duration idleFor;

    ConnectionsIdleCheck() {
        this(LONG);
    }

    /**
     * @param idleFor how long a connection must have done nothing
     */
    ConnectionsIdleCheck(Duration idleFor) {
        this.idleFor = idleFor;
    }

    @Override
    public String id() {
        return "connections-idle";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().activity(),
                                        sessions -> judge(node, sessions))));
    }

    private List<Finding> judge(Catalog node, List<ActivityFact> sessions) {
        List<ActivityFact> clients = sessions.stream().filter(ActivityFact::isClient).toList();
        long idle = clients.stream().filter(this::isIdle).count();
        double share = idle / (double) Math.max(1, clients.size());
        if (idle < FEW || share < MOST) {
            return List.of();
        }
        Subject subject = new Subject(Subject.Kind.NODE, "", node.node());
        return List.of(
                Finding.of(
                                id(),
                                Severity.NOTICE,
                                subject,
                                "%d of %d connections have done nothing for %s"
                                        .formatted(idle, clients.size(), Units.duration(idleFor)),
                                "Each is a process that keeps its caches, and each snapshot looks at"
                                        + " it: a pool in transaction mode needs a fraction of them.",
                                List.of(Measure.against("idle", share, Quantity.RATIO, MOST)))
                        .with(
                                new ByHand(
                                        subject,
                                        "Use smaller pools, or one pool in transaction mode for all",
                                        List.of())));
    }

    private boolean isIdle(ActivityFact session) {
        return session.state().map("idle"::equals).orElse(false)
                && session.stateAge().map(age -> age.compareTo(idleFor) >= 0).orElse(false);
    }
}
