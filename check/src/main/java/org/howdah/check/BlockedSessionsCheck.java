package org.howdah.check;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ActivityFact;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.LockWaitFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/**
 * Sessions that wait for locks of others. Who waits for whom is a tree; one finding for each root,
 * the session that waits for nobody and for which all others of its tree wait.
 */
final class BlockedSessionsCheck implements Check {
    /** Shorter waits are part of life. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration VERY_LONG = Duration.ofMinutes(5);

    /** So many at once are worth a word however short they have waited. */
    private static final int MANY = 5;

    private static final int VERY_MANY = 20;

    private final Duration limit;

    BlockedSessionsCheck() {
        this(LONG);
    }

    /**
     * @param limit how long a single session may wait
     */
    BlockedSessionsCheck(Duration limit) {
        this.limit = limit;
    }

    @Override
    public String id() {
        return "blocked-sessions";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().activity(),
                                        node.server().lockWaits(),
                                        (sessions, waits) -> judge(node, sessions, waits))));
    }

    private List<Finding> judge(
            Catalog node, List<ActivityFact> sessions, List<LockWaitFact> waits) {
        Map<Integer, ActivityFact> byPid = new LinkedHashMap<>();
        sessions.forEach(session -> byPid.put(session.pid(), session));
        Set<Integer> roots = new LinkedHashSet<>();
        sessions.stream()
                .flatMap(session -> session.blockedBy().stream())
                .filter(pid -> !isBlocked(byPid, pid))
                .forEach(roots::add);
        List<Finding> findings = new ArrayList<>();
        for (int root : roots) {
            List<Victim> victims = victims(root, sessions, waits);
            if (victims.size() >= MANY || longest(victims).compareTo(limit) >= 0) {
                findings.add(finding(node, Optional.ofNullable(byPid.get(root)), victims));
            }
        }
        return findings;
    }

    private static boolean isBlocked(Map<Integer, ActivityFact> byPid, int pid) {
        ActivityFact session = byPid.get(pid);
        return session != null && !session.blockedBy().isEmpty();
    }

    /** A session that waits, directly or behind others. */
    private record Victim(ActivityFact session, Duration waited, String forWhat) {}

    private static List<Victim> victims(
            int root, List<ActivityFact> sessions, List<LockWaitFact> waits) {
        Set<Integer> seen = new LinkedHashSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(root));
        List<Victim> victims = new ArrayList<>();
        while (!open.isEmpty()) {
            int blocker = open.removeFirst();
            for (ActivityFact session : sessions) {
                if (session.blockedBy().contains(blocker) && seen.add(session.pid())) {
                    victims.add(victim(session, waits));
                    open.addLast(session.pid());
                }
            }
        }
        return victims;
    }

    private static Victim victim(ActivityFact session, List<LockWaitFact> waits) {
        Optional<LockWaitFact> wait =
                waits.stream().filter(one -> one.pid() == session.pid()).findFirst();
        return new Victim(
                session,
                wait.flatMap(LockWaitFact::waited).or(session::queryAge).orElse(Duration.ZERO),
                wait.map(one -> one.relation().orElse("a " + one.lockType())).orElse("a lock"));
    }

    private static Duration longest(List<Victim> victims) {
        return victims.stream().map(Victim::waited).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private Finding finding(Catalog node, Optional<ActivityFact> root, List<Victim> victims) {
        Duration longest = longest(victims);
        boolean critical = longest.compareTo(VERY_LONG) >= 0 || victims.size() >= VERY_MANY;
        Subject subject =
                root.map(Sessions::subject)
                        .orElse(new Subject(Subject.Kind.SESSION, "", "a prepared transaction"));
        return Finding.of(
                        id(),
                        critical ? Severity.CRITICAL : Severity.WARNING,
                        subject,
                        "%d sessions on %s wait for %s, the longest %s for %s"
                                .formatted(
                                        victims.size(),
                                        node.node(),
                                        root.map(BlockedSessionsCheck::doing)
                                                .orElse("a prepared transaction"),
                                        Units.duration(longest),
                                        victims.getFirst().forWhat()),
                        "Everything that needs the same lock queues up behind them, until no"
                                + " connections are left.",
                        List.of(
                                Measure.against(
                                        "longest wait",
                                        longest.toMillis() / 1000.0,
                                        Quantity.SECONDS,
                                        limit.toMillis() / 1000.0),
                                Measure.against("waiting", victims.size(), Quantity.COUNT, MANY)))
                .with(
                        new ByHand(
                                subject,
                                "Let the first session of the tree end its transaction; end it where"
                                        + " nobody knows it",
                                root.map(Sessions::terminate).stream().toList()))
                .with(
                        new Picture.Ranking(
                                "Waiting for locks",
                                Quantity.SECONDS,
                                victims.stream()
                                        .map(victim ->
                                                new Picture.Part(
                                                        "process "
                                                                + victim.session().pid()
                                                                + ": "
                                                                + Sessions.statement(
                                                                        victim.session()),
                                                        victim.waited().toMillis() / 1000.0))
                                        .toList()));
    }

    private static String doing(ActivityFact root) {
        String state = root.state().orElse("working");
        return Sessions.describe(root) + ", " + state;
    }
}
