package org.howdah.check;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.StatementFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Statements that take long on average. */
final class SlowStatementsCheck implements Check {
    /** A person who waits notices it; a connection is taken for as long. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** Those that run now and then are reports. */
    private static final long OFTEN = 10;

    private static final int MOST_FINDINGS = 10;

    private final Duration slow;
    private final long often;

    SlowStatementsCheck() {
        this(SLOW, OFTEN);
    }

    /**
     * @param slow the mean execution time from which on a statement is slow
     * @param often how many calls it needs to count
     */
    SlowStatementsCheck(Duration slow, long often) {
        this.slow = slow;
        this.often = often;
    }

    @Override
    public String id() {
        return "slow-statements";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.of(facts.main().server().statements(), this::judge);
    }

    private List<Finding> judge(List<StatementFact> statements) {
        List<StatementFact> slowest =
                statements.stream()
                        .filter(Statements::isQuery)
                        .filter(statement -> statement.calls() >= often)
                        .filter(statement -> statement.mean().compareTo(slow) >= 0)
                        .sorted(Comparator.comparing(StatementFact::mean).reversed())
                        .limit(MOST_FINDINGS)
                        .toList();
        Picture ranking =
                new Picture.Ranking(
                        "Mean time of slow statements",
                        Quantity.SECONDS,
                        slowest.stream()
                                .map(statement ->
                                        new Picture.Part(
                                                Sessions.shorten(statement.query()),
                                                Statements.seconds(statement.mean())))
                                .toList());
        return slowest.stream().map(statement -> finding(statement).with(ranking)).toList();
    }

    private Finding finding(StatementFact statement) {
        return Finding.of(
                id(),
                Severity.WARNING,
                Statements.subject(statement),
                "A statement takes %s on average, in %s calls: %s"
                        .formatted(
                                Units.duration(statement.mean()),
                                Units.count(statement.calls()),
                                Sessions.shorten(statement.query())),
                "It keeps a connection and a processor busy for as long, and its user waiting.",
                List.of(
                        Measure.against(
                                "mean time",
                                Statements.seconds(statement.mean()),
                                Quantity.SECONDS,
                                Statements.seconds(slow)),
                        Measure.of("calls", statement.calls(), Quantity.COUNT),
                        Measure.of(
                                "rows a call",
                                statement.rows() / (double) statement.calls(),
                                Quantity.COUNT),
                        Measure.of(
                                "pages a call",
                                (statement.sharedHit() + statement.sharedRead())
                                        / (double) statement.calls(),
                                Quantity.COUNT)));
    }
}
