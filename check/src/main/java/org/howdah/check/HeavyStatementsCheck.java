package org.howdah.check;

import java.time.Duration;
import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.StatementFact;
import org.howdah.postgres.StatementTotalsFact;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Statements that take a large part of the server's time, each call slow or not. */
final class HeavyStatementsCheck implements Check {
    /** To make one of these twice as fast is to free a tenth of the server. */
    private static final double LARGE_SHARE = 0.20;

    /** On a server that has hardly worked, shares say nothing. */
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private static final int BARS = 10;

    private final Duration enough;

    HeavyStatementsCheck() {
        this(ENOUGH);
    }

    /**
     * @param enough how long statements must have run, all together
     */
    HeavyStatementsCheck(Duration enough) {
        this.enough = enough;
    }

    @Override
    public String id() {
        return "heavy-statements";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.of(
                facts.main().server().statements(),
                facts.main().server().statementTotals(),
                this::judge);
    }

    private List<Finding> judge(List<StatementFact> statements, List<StatementTotalsFact> totals) {
        Duration all =
                totals.stream().map(StatementTotalsFact::total).findFirst().orElse(Duration.ZERO);
        if (all.compareTo(enough) < 0) {
            return List.of();
        }
        List<StatementFact> heaviest =
                statements.stream().filter(StatementFact::topLevel).limit(BARS).toList();
        Picture ranking =
                new Picture.Ranking(
                        "Execution time of the heaviest statements",
                        Quantity.SECONDS,
                        heaviest.stream()
                                .map(statement ->
                                        new Picture.Part(
                                                Sessions.shorten(statement.query()),
                                                Statements.seconds(statement.total())))
                                .toList());
        return heaviest.stream()
                .filter(Statements::isQuery)
                .filter(statement -> share(statement, all) >= LARGE_SHARE)
                .map(statement -> finding(statement, share(statement, all)).with(ranking))
                .toList();
    }

    private static double share(StatementFact statement, Duration all) {
        return Statements.seconds(statement.total()) / Statements.seconds(all);
    }

    private Finding finding(StatementFact statement, double share) {
        return Finding.of(
                id(),
                Severity.NOTICE,
                Statements.subject(statement),
                "One statement takes %s of all execution time, %s a call in %s calls: %s"
                        .formatted(
                                Units.percent(share),
                                Units.duration(statement.mean()),
                                Units.count(statement.calls()),
                                Sessions.shorten(statement.query())),
                "What makes it faster, or lets it run less often, helps everybody.",
                List.of(
                        Measure.against("share of time", share, Quantity.RATIO, LARGE_SHARE),
                        Measure.of(
                                "total time",
                                Statements.seconds(statement.total()),
                                Quantity.SECONDS),
                        Measure.of("calls", statement.calls(), Quantity.COUNT)));
    }
}
