package org.howdah.proxy;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all loops have done: totals since the start, and averages over the last {@code
 * stats_period}. Any thread but the loops'.
 */
final class Statistics {

    private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);
    private static final double SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    /** How often it is looked whether a period is over. */
    static final Duration TICK = Duration.ofSeconds(1);

    private final Proxy proxy;
    private Snapshot before;
    private Snapshot last;

    Statistics(Proxy proxy) {
        this.proxy = proxy;
        this.before = new Snapshot(System.nanoTime(), Map.of());
        this.last = before;
    }

    private record Snapshot(long nanos, Map<String, Tally> databases) {}

    /**
     * What happened in the last period.
     *
     * @param from what had been done at its beginning
     * @param to at its end
     * @param seconds its length
     */
    record Period(Tally from, Tally to, double seconds) {

        /** So many a second. */
        long rate(long earlier, long later) {
            return seconds <= 0 ? 0 : (long) ((later - earlier) / seconds);
        }

        /** So many for each. */
        static long each(long earlier, long later, long earlierCount, long laterCount) {
            return laterCount == earlierCount ? 0 : (later - earlier) / (laterCount - earlierCount);
        }
    }

    /** Of each pool since the start. */
    Map<PoolKey, Tally> pools() {
        Map<PoolKey, Tally> sums = new HashMap<>();
        for (Map<PoolKey, Tally> ofLoop : proxy.onEach(home -> home.tallies().copy())) {
            ofLoop.forEach((key, tally) -> sums.computeIfAbsent(key, _ -> new Tally()).add(tally));
        }
        return sums;
    }

    /** Of each database since the start, by name. */
    Map<String, Tally> databases() {
        Map<String, Tally> sums = new TreeMap<>();
        proxy.settings().databases().keySet().forEach(name -> sums.put(name, new Tally()));
        pools().forEach((key, tally) ->
                sums.computeIfAbsent(key.database(), _ -> new Tally()).add(tally));
        return sums;
    }

    /**
     * The statements on which servers have spent most time, over all loops.
     *
     * @param most of them
     */
    List<StatementRecord> statements(int most) {
        Map<String, StatementRecord> sums = new HashMap<>();
        for (List<StatementRecord> ofLoop : proxy.onEach(home -> home.statements().copy())) {
            for (StatementRecord statement : ofLoop) {
                sums.merge(
                        statement.database() + "/" + statement.fingerprint(),
                        statement,
                        (one, other) -> {
                            one.add(other);
                            return one;
                        });
            }
        }
        return sums.values().stream()
                .sorted(Comparator.comparingLong(StatementRecord::nanos).reversed())
                .limit(most)
                .toList();
    }

    static Tally sum(Iterable<Tally> parts) {
        Tally sum = new Tally();
        parts.forEach(sum::add);
        return sum;
    }

    /** What a database has done in the last period. */
    synchronized Period period(String database) {
        return period(
                before.databases.getOrDefault(database, new Tally()),
                last.databases.getOrDefault(database, new Tally()));
    }

    /** What all have done in the last period. */
    synchronized Period period() {
        return period(sum(before.databases.values()), sum(last.databases.values()));
    }

    private Period period(Tally from, Tally to) {
        return new Period(from, to, (last.nanos - before.nanos) / SECOND_NANOS);
    }

    /** Called by a loop at each tick. */
    void tick() {
        Duration length = proxy.settings().log().statsPeriod();
        long start;
        synchronized (this) {
            start = last.nanos;
        }
        // Ticks come a little late or early.
        if (length.isPositive()
                && System.nanoTime() - start > length.minus(TICK.dividedBy(2)).toNanos()) {
            Thread.startVirtualThread(this::turn);
        }
    }

    private void turn() {
        Snapshot now = new Snapshot(System.nanoTime(), databases());
        synchronized (this) {
            before = last;
            last = now;
        }
        if (proxy.settings().log().stats()) {
            Period all = period();
            Tally from = all.from();
            Tally to = all.to();
            LOG.info(
                    "Stats: {} transactions/s, {} queries/s, in {} B/s, out {} B/s, transaction {} us, query {} us, wait {} us.",
                    all.rate(from.transactions, to.transactions),
                    all.rate(from.queries, to.queries),
                    all.rate(from.received, to.received),
                    all.rate(from.sent, to.sent),
                    Period.each(
                                    from.transactionNanos,
                                    to.transactionNanos,
                                    from.transactions,
                                    to.transactions)
                            / 1000,
                    Period.each(from.queryNanos, to.queryNanos, from.queries, to.queries) / 1000,
                    Period.each(from.waitNanos, to.waitNanos, from.assignments, to.assignments)
                            / 1000);
        }
    }
}
