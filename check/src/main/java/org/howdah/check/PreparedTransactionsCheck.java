package org.howdah.check;

import java.time.Duration;
import java.util.List;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.PreparedTransactionFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Transactions that were prepared for a two-phase commit which never came. */
final class PreparedTransactionsCheck implements Check {
    /** The second phase follows the first within moments. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final Duration VERY_LONG = Duration.ofHours(1);

    private final Duration limit;

    PreparedTransactionsCheck() {
        this(LONG);
    }

    PreparedTransactionsCheck(Duration limit) {
        this.limit = limit;
    }

    @Override
    public String id() {
        return "prepared-transactions";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return Outcome.of(
                facts.main().server().preparedTransactions(),
                rows ->
                        rows.stream()
                                .filter(row -> row.preparedFor().compareTo(limit) >= 0)
                                .map(this::finding)
                                .toList());
    }

    // https://www.postgresql.org/docs/current/sql-prepare-transaction.html
    private Finding finding(PreparedTransactionFact prepared) {
        Subject subject =
                new Subject(
                        Subject.Kind.SESSION,
                        prepared.database(),
                        "prepared transaction " + prepared.identifier());
        return Finding.of(
                        id(),
                        prepared.preparedFor().compareTo(VERY_LONG) >= 0
                                ? Severity.CRITICAL
                                : Severity.WARNING,
                        subject,
                        "The transaction %s of role %s in %s has been prepared for %s"
                                .formatted(
                                        prepared.identifier(),
                                        prepared.owner(),
                                        prepared.database(),
                                        Units.duration(prepared.preparedFor())),
                        "It keeps its locks and the horizon, survives restarts, and belongs to no"
                                + " session that could be ended.",
                        List.of(
                                Measure.against(
                                        "prepared for",
                                        prepared.preparedFor().toMillis() / 1000.0,
                                        Quantity.SECONDS,
                                        limit.toMillis() / 1000.0),
                                Measure.of(
                                        "transactions since", prepared.xidAge(), Quantity.COUNT)))
                .with(
                        new ByHand(
                                subject,
                                "Ask its transaction manager for the outcome, then commit or roll it"
                                        + " back in database "
                                        + prepared.database(),
                                List.of(rollback(prepared))));
    }

    static String rollback(PreparedTransactionFact prepared) {
        return "ROLLBACK PREPARED '" + prepared.identifier().replace("'", "''") + "'";
    }
}
