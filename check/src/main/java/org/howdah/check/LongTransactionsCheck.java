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
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Transactions that have been working for long; those that sleep are another check's. */
final class LongTransactionsCheck implements Check {
    /** Longer than reports and batches on a transactional server should be. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final Duration VERY_LONG = Duration.ofHours(12);

    private final Duration limit;

    LongTransactionsCheck() {
        this(LONG);
    }

    LongTransactionsCheck(Duration limit) {
        this.limit = limit;
    }

    @Override
    public String id() {
        return "long-transactions";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.together(
                facts.nodes()
                        .map(node ->
                                Outcome.of(
                                        node.server().activity(),
                                        sessions ->
                                                sessions.stream()
                                                        .filter(this::isLong)
                                                        .map(session -> finding(node, session))
                                                        .toList())));
    }

    private boolean isLong(ActivityFact session) {
        return session.isClient()
                && !session.isIdleInTransaction()
                && session.transactionAge().map(age -> age.compareTo(limit) >= 0).orElse(false);
    }

    private Finding finding(Catalog node, ActivityFact session) {
        Duration age = session.transactionAge().orElse(Duration.ZERO);
        return Finding.of(
                        id(),
                        age.compareTo(VERY_LONG) >= 0 ? Severity.CRITICAL : Severity.WARNING,
                        Sessions.subject(session),
                        "%s on %s has been in one transaction for %s: %s"
                                .formatted(
                                        Sessions.describe(session),
                                        node.node(),
                                        Units.duration(age),
                                        Sessions.statement(session)),
                        "Vacuum may not remove rows that died since it began, and its locks are kept"
                                + " until it ends.",
                        List.of(
                                Measure.against(
                                        "transaction",
                                        age.toMillis() / 1000.0,
                                        Quantity.SECONDS,
                                        limit.toMillis() / 1000.0)))
                .with(
                        new ByHand(
                                Sessions.subject(session),
                                "Find out whether it is meant to take so long; do it in batches or on"
                                        + " a reader",
                                List.of(
                                        "SELECT pg_catalog.pg_cancel_backend("
                                                + session.pid()
                                                + ")")));
    }
}
