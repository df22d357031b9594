package org.howdah.check;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseStateFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Transactions that were ended because they waited for each other. */
final class DeadlocksCheck implements Check {
    /** On average; rarer ones are a notice. */
    private static final double MANY_A_DAY = 10;

    @Override
    public String id() {
        return "deadlocks";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.of(
                facts.main().server().databases(),
                databases ->
                        databases.stream()
                                .filter(database -> database.deadlocks() > 0)
                                .map(this::finding)
                                .toList());
    }

    // https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS
    private Finding finding(DatabaseStateFact database) {
        Optional<Double> perDay = database.sinceReset().map(since -> perDay(database, since));
        boolean many =
                database.deadlocks() >= MANY_A_DAY
                        && perDay.map(rate -> rate >= MANY_A_DAY).orElse(false);
        Subject subject = new Subject(Subject.Kind.DATABASE, database.name(), database.name());
        return Finding.of(
                        id(),
                        many ? Severity.WARNING : Severity.NOTICE,
                        subject,
                        "%s deadlocks in %s since its statistics were reset%s"
                                .formatted(
                                        Units.exact(database.deadlocks()),
                                        database.name(),
                                        database.sinceReset()
                                                .map(since -> " " + Units.duration(since) + " ago")
                                                .orElse("")),
                        "Each costs deadlock_timeout of waiting and one transaction that must be done"
                                + " again; transactions that lock in one order cannot deadlock.",
                        List.of(
                                Measure.against(
                                        "deadlocks", database.deadlocks(), Quantity.COUNT, 0)))
                .with(
                        new ByHand(
                                subject,
                                "Find the pairs of statements in the server's log (\"deadlock"
                                        + " detected\") and let them lock rows in the same order",
                                List.of()));
    }

    private static double perDay(DatabaseStateFact database, Duration since) {
        double days = Math.max(1.0 / 24, since.toSeconds() / 86400.0);
        return database.deadlocks() / days;
    }
}
