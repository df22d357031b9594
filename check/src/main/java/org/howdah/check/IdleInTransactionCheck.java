package org.howdah.check;

import java.time.Duration;
import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.ActivityFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Sessions that sleep in the middle of a transaction. */
final class IdleInTransactionCheck implements Check {
    /** A pause between two statements of a program ends long before. */
    static final Duration LONG = Duration.ofMinutes(5);

    /** Sooner where somebody waits for it. */
    static final Duration LONG_FOR_OTHERS = Duration.ofMinutes(1);

    private static final Duration VERY_LONG = Duration.ofHours(1);

    private final Duration limit;
    private final Duration limitWithVictims;

    IdleInTransactionCheck() {
        this(LONG, LONG_FOR_OTHERS);
    }

    /**
     * @param limit how long a session may sleep
     * @param limitWithVictims the same for one that others wait for
     */
    IdleInTransactionCheck(Duration limit, Duration limitWithVictims) {
        this.limit = limit;
        this.limitWithVictims = limitWithVictims;
    }

    @Override
    public String id() {
        return "idle-in-transaction";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes().map(node -> Outcome.of(node.server().activity(), this::judge)));
    }

    private List<Finding> judge(List<ActivityFact> sessions) {
        return sessions.stream()
                .filter(ActivityFact::isIdleInTransaction)
                .filter(session -> asleep(session).compareTo(limitFor(session, sessions)) >= 0)
                .map(session -> finding(session, victims(session, sessions)))
                .toList();
    }

    private Duration limitFor(ActivityFact session, List<ActivityFact> sessions) {
        return victims(session, sessions) > 0 ? limitWithVictims : limit;
    }

    private static Duration asleep(ActivityFact session) {
        return session.stateAge().orElse(Duration.ZERO);
    }

    private static long victims(ActivityFact session, List<ActivityFact> sessions) {
        return sessions.stream().filter(other -> other.blockedBy().contains(session.pid())).count();
    }

    // https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT
    private Finding finding(ActivityFact session, long victims) {
        Duration asleep = asleep(session);
        Subject subject = Sessions.subject(session);
        return Finding.of(
                        id(),
                        victims > 0 || asleep.compareTo(VERY_LONG) >= 0
                                ? Severity.CRITICAL
                                : Severity.WARNING,
                        subject,
                        "%s has been idle in a transaction for %s%s"
                                .formatted(
                                        Sessions.describe(session),
                                        Units.duration(asleep),
                                        victims > 0
                                                ? ", and %d wait for it".formatted(victims)
                                                : ""),
                        "It keeps its locks, and vacuum may not remove rows that died since it"
                                + " began.",
                        List.of(
                                Measure.against(
                                        "idle in transaction",
                                        asleep.toMillis() / 1000.0,
                                        Quantity.SECONDS,
                                        (victims > 0 ? limitWithVictims : limit).toMillis()
                                                / 1000.0),
                                Measure.of("waiting for it", victims, Quantity.COUNT)))
                .with(
                        new ByHand(
                                subject,
                                "Let the program commit or roll back; end the session where nobody"
                                        + " knows it",
                                List.of(Sessions.terminate(session))));
    }
}
