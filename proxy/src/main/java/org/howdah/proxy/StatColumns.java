package org.howdah.proxy;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The figures of SHOW STATS in its order, each with its name in the several answers, its total and
 * how it is averaged.
 *
 * @param total the name of its total in SHOW STATS
 * @param average the name of its average there
 * @param plainTotal in SHOW STATS_TOTALS
 * @param plainAverage in SHOW STATS_AVERAGES
 * @param summed in SHOW TOTALS, behind {@code total_} and {@code avg_}
 * @param averaged over a period
 */
record StatColumns(
        String total,
        String average,
        String plainTotal,
        String plainAverage,
        String summed,
        ToLongFunction<Tally> value,
        ToLongFunction<Statistics.Period> averaged) {

    private static final long MICRO = 1000;

    static final List<StatColumns> ALL =
            List.of(
                    counted("server_assignment_count", tally -> tally.assignments),
                    counted("xact_count", tally -> tally.transactions),
                    counted("query_count", tally -> tally.queries),
                    bytes("received", "recv", "bytes_received", "client_bytes", t -> t.received),
                    bytes("sent", "sent", "bytes_sent", "server_bytes", tally -> tally.sent),
                    timed("xact_time", t -> t.transactionNanos, tally -> tally.transactions),
                    timed("query_time", tally -> tally.queryNanos, tally -> tally.queries),
                    timed("wait_time", tally -> tally.waitNanos, tally -> tally.assignments),
                    statement("client_parse_count", tally -> tally.clientParses),
                    statement("server_parse_count", tally -> tally.serverParses),
                    statement("bind_count", tally -> tally.binds));

    private static StatColumns counted(String name, ToLongFunction<Tally> value) {
        return new StatColumns(
                "total_" + name, "avg_" + name, name, name, name, value, rate(value));
    }

    private static StatColumns bytes(
            String total,
            String average,
            String plain,
            String summed,
            ToLongFunction<Tally> value) {
        return new StatColumns(
                "total_" + total, "avg_" + average, plain, plain, summed, value, rate(value));
    }

    private static StatColumns timed(
            String name, ToLongFunction<Tally> nanos, ToLongFunction<Tally> count) {
        return new StatColumns(
                "total_" + name,
                "avg_" + name,
                name,
                name,
                name,
                tally -> nanos.applyAsLong(tally) / MICRO,
                period ->
                        Statistics.Period.each(
                                        nanos.applyAsLong(period.from()),
                                        nanos.applyAsLong(period.to()),
                                        count.applyAsLong(period.from()),
                                        count.applyAsLong(period.to()))
                                / MICRO);
    }

    private static StatColumns statement(String name, ToLongFunction<Tally> value) {
        return new StatColumns(
                "total_" + name,
                "avg_" + name,
                name,
                "avg_" + name,
                "ps_" + name,
                value,
                rate(value));
    }

    private static ToLongFunction<Statistics.Period> rate(ToLongFunction<Tally> value) {
        return period ->
                period.rate(value.applyAsLong(period.from()), value.applyAsLong(period.to()));
    }
}
