package org.howdah.proxy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.howdah.wire.Column;

/**
 * SHOW HISTOGRAMS: how long clients of each pool waited for a server connection, how long servers
 * took to answer, and both together. Times are in microseconds.
 */
record ShowHistograms(Proxy proxy) implements Show {

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("database"),
                Column.text("user"),
                Column.text("time"),
                Column.int8("count"),
                Column.int8("mean"),
                Column.int8("p50"),
                Column.int8("p90"),
                Column.int8("p99"),
                Column.int8("p999"),
                Column.int8("max"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        Map<String, Runnable> ordered = new TreeMap<>();
        proxy.statistics()
                .pools()
                .forEach((key, tally) ->
                        ordered.put(
                                key.toString(),
                                () -> {
                                    add(table, key, "wait", tally.waits);
                                    add(table, key, "server", tally.serverTimes);
                                    add(table, key, "total", tally.totalTimes);
                                }));
        ordered.values().forEach(Runnable::run);
    }

    private static void add(ConsoleTable table, PoolKey key, String time, Histogram histogram) {
        table.row()
                .text(key.database())
                .text(key.user())
                .text(time)
                .number(histogram.count())
                .number(
                        histogram.count() == 0
                                ? 0
                                : histogram.sumNanos() / histogram.count() / 1000)
                .number(histogram.quantileMicros(0.5))
                .number(histogram.quantileMicros(0.9))
                .number(histogram.quantileMicros(0.99))
                .number(histogram.quantileMicros(0.999))
                .number(histogram.mostNanos() / 1000);
    }
}
