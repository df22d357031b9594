package org.howdah.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.howdah.postgres.DatabaseFact;
import org.howdah.postgres.RelationFact;

/**
 * How fast a table makes dead rows.
 *
 * @param perSecond rows updated and deleted
 * @param basis over what it was measured, for the evidence
 */
record Churn(double perSecond, String basis) {
    /** Shorter spans say nothing. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /**
     * The faster of what the counters say since they began and what has died since the last vacuum.
     * Where nobody knows when the counters began they count since the server's start, which can
     * only make the rate too high, and the settings that follow from it too eager.
     */
    static Churn of(RelationFact table, DatabaseFact database) {
        Instant began = database.statsReset().orElse(database.serverStarted());
        String since =
                database.statsReset().isPresent()
                        ? "since the counters were reset"
                        : "since the server started at the earliest";
        Churn counted =
                over(
                        (double) table.tuplesUpdated() + table.tuplesDeleted(),
                        began,
                        database.now(),
                        since);
        Optional<Churn> recent =
                table.lastVacuumed()
                        .filter(vacuum -> vacuum.isAfter(began))
                        .map(vacuum ->
                                over(
                                        (double) table.deadTuples(),
                                        vacuum,
                                        database.now(),
                                        "since the last vacuum"));
        return recent.filter(last -> last.perSecond() > counted.perSecond()).orElse(counted);
    }

    private static Churn over(double rows, Instant from, Instant to, String basis) {
        Duration span = Duration.between(from, to);
        Duration counted = span.compareTo(SHORTEST) < 0 ? SHORTEST : span;
        return new Churn(rows / (counted.toMillis() / 1000.0), basis);
    }
}
