package org.howdah.check;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.DatabaseFact;
import org.howdah.postgres.DatabaseStateFact;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.Rate;
import org.howdah.postgres.ServerFacts;

/**
 * How long ago an index was built. PostgreSQL keeps the time only with {@code
 * track_commit_timestamp}; otherwise the number of the transaction that built it tells how many
 * numbers were given out since, and the age follows from the rate. Two rates are known: that of
 * now, and at most that of the time which the counters have counted. The faster one is taken, so
 * that an index seems rather too young.
 *
 * <p>Only a transaction that writes gets a number. So there were no more of them than transactions
 * that ended, and no more than rows written: the first is far too many where most transactions only
 * read, the second where a few load much.
 */
final class IndexAge {
    private IndexAge() {}

    /**
     * None where nothing is known.
     *
     * @param counted how long the counters of this database have counted
     */
    static Optional<Duration> of(Catalog node, IndexFact index, Duration counted) {
        return exact(node, index)
                .or(() -> estimate(node.server(), index.transactionsSinceChange(), counted));
    }

    private static Optional<Duration> exact(Catalog node, IndexFact index) {
        return node.database().database().orNone().stream()
                .findFirst()
                .map(DatabaseFact::now)
                .flatMap(now -> index.changedAt().map(built -> Duration.between(built, now)));
    }

    private static Optional<Duration> estimate(
            ServerFacts server, long transactions, Duration counted) {
        DoubleStream now = server.rates().transactions().stream().mapToDouble(Rate::perSecond);
        return estimate(transactions, DoubleStream.concat(now, average(server, counted).stream()));
    }

    /** By the fastest of the rates. */
    static Optional<Duration> estimate(long transactions, DoubleStream perSecond) {
        OptionalDouble fastest = perSecond.filter(rate -> rate > 0).max();
        return fastest.isPresent()
                ? Optional.of(Duration.ofSeconds((long) (transactions / fastest.getAsDouble())))
                : Optional.empty();
    }

    /** Numbers a second in all databases, at most. */
    static OptionalDouble average(ServerFacts server, Duration counted) {
        return counted.toSeconds() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        server.databases().orNone().stream()
                                .mapToDouble(each -> average(each, counted))
                                .sum());
    }

    /** The counters of another database may be younger. Older ones only make the rate higher. */
    private static double average(DatabaseStateFact each, Duration counted) {
        Duration since =
                each.sinceReset().filter(reset -> reset.compareTo(counted) < 0).orElse(counted);
        return (double) numbersAtMost(each) / Math.max(1, since.toSeconds());
    }

    /** The transactions of a database that got a number. */
    static long numbersAtMost(DatabaseStateFact each) {
        return Math.min(each.commits() + each.rollbacks(), each.tuplesWritten());
    }
}
