package org.howdah.proxy;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.howdah.transport.EventLoop;

/** Writes what Prometheus asks for. Not from a loop. */
record MetricsPage(Proxy proxy) {

    /** So many of those that take most time are told. */
    private static final int STATEMENTS = 50;

    private static final String PREFIX = "howdah_proxy_";

    String text() {
        MetricsText out = new MetricsText();
        connections(out);
        work(out);
        statements(out);
        sessions(out);
        loops(out);
        memory(out);
        return out.toString();
    }

    private static Map<String, String> labels(PoolKey key) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("database", key.database());
        labels.put("user", key.user());
        return labels;
    }

    private static Map<String, String> labels(PoolKey key, String name, String value) {
        Map<String, String> labels = labels(key);
        labels.put(name, value);
        return labels;
    }

    private void connections(MetricsText out) {
        List<PoolCount> counts = PoolCount.all(proxy);
        out.family(PREFIX + "clients", "gauge", "Clients that are logged in.");
        for (PoolCount count : counts) {
            out.sample(
                    PREFIX + "clients",
                    labels(count.key(), "state", "active"),
                    count.clientsActive());
            out.sample(
                    PREFIX + "clients",
                    labels(count.key(), "state", "waiting"),
                    count.state().waiting());
        }
        out.family(PREFIX + "longest_wait_seconds", "gauge", "How long the first in line waits.");
        counts.forEach(count ->
                out.fraction(
                        PREFIX + "longest_wait_seconds",
                        labels(count.key()),
                        count.longestWaitMicros() / 1e6));
        out.family(PREFIX + "servers", "gauge", "Server connections.");
        for (PoolCount count : counts) {
            new TreeMap<>(count.servers())
                    .forEach((state, number) ->
                            out.sample(
                                    PREFIX + "servers",
                                    labels(count.key(), "state", state),
                                    number));
        }
        out.family(PREFIX + "pool_size", "gauge", "Most server connections without the reserve.");
        counts.forEach(count ->
                out.sample(
                        PREFIX + "pool_size",
                        labels(count.key()),
                        count.pool().terms().pool().size()));
        out.family(PREFIX + "paused", "gauge", "1 where clients get no server connection.");
        counts.forEach(count ->
                out.sample(
                        PREFIX + "paused",
                        labels(count.key()),
                        count.state().flow() == Flow.OPEN ? 0 : 1));
        out.family(PREFIX + "logins", "gauge", "Clients that are logging in.");
        out.sample(PREFIX + "logins", Map.of(), proxy.admission().outsiders().loggingIn());
    }

    private void work(MetricsText out) {
        Map<PoolKey, Tally> tallies = proxy.statistics().pools();
        counter(out, tallies, "queries", "Queries answered.", tally -> tally.queries);
        counter(out, tallies, "transactions", "Transactions ended.", tally -> tally.transactions);
        counter(out, tallies, "received_bytes", "Bytes from clients.", tally -> tally.received);
        counter(out, tallies, "sent_bytes", "Bytes to clients.", tally -> tally.sent);
        counter(
                out,
                tallies,
                "assignments",
                "How often a client got a server connection.",
                tally -> tally.assignments);
        counter(
                out,
                tallies,
                "client_parses",
                "Named statements that clients prepared.",
                tally -> tally.clientParses);
        counter(
                out,
                tallies,
                "server_parses",
                "Statements that were prepared on servers.",
                tally -> tally.serverParses);
        counter(out, tallies, "binds", "Executions of prepared statements.", tally -> tally.binds);
        counter(
                out,
                tallies,
                "evictions",
                "Statements closed on servers to make room.",
                tally -> tally.evictions);
        histogram(out, tallies, "wait_seconds", "Waits for a server connection.", t -> t.waits);
        histogram(
                out, tallies, "server_seconds", "From a query to its answer.", t -> t.serverTimes);
        histogram(
                out,
                tallies,
                "total_seconds",
                "From a query to its answer, with the wait before.",
                tally -> tally.totalTimes);
    }

    private static void counter(
            MetricsText out,
            Map<PoolKey, Tally> tallies,
            String name,
            String help,
            ToLongFunction<Tally> value) {
        String full = PREFIX + name + "_total";
        out.family(full, "counter", help);
        tallies.forEach((key, tally) -> out.sample(full, labels(key), value.applyAsLong(tally)));
    }

    private static void histogram(
            MetricsText out,
            Map<PoolKey, Tally> tallies,
            String name,
            String help,
            Function<Tally, Histogram> value) {
        String full = PREFIX + name;
        out.family(full, "histogram", help);
        tallies.forEach((key, tally) -> out.histogram(full, labels(key), value.apply(tally)));
    }

    private void statements(MetricsText out) {
        List<StatementRecord> top = proxy.statistics().statements(STATEMENTS);
        out.family(PREFIX + "statement_calls_total", "counter", "Runs of the top statements.");
        top.forEach(statement ->
                out.sample(PREFIX + "statement_calls_total", labels(statement), statement.calls()));
        out.family(PREFIX + "statement_seconds_total", "counter", "Time of servers for them.");
        top.forEach(statement ->
                out.fraction(
                        PREFIX + "statement_seconds_total",
                        labels(statement),
                        statement.nanos() / 1e9));
    }

    private static Map<String, String> labels(StatementRecord statement) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("database", statement.database());
        labels.put("fingerprint", statement.hex());
        labels.put("statement", statement.text());
        return labels;
    }

    private void sessions(MetricsText out) {
        List<Pool> pools = proxy.pools().all();
        out.family(PREFIX + "pins_total", "counter", "Clients that began to keep their server.");
        for (Pool pool : pools) {
            for (Pin pin : Pin.values()) {
                out.sample(
                        PREFIX + "pins_total",
                        labels(pool.key(), "reason", pin.name().toLowerCase(Locale.ROOT)),
                        pool.counters().pins(pin));
            }
        }
        out.family(PREFIX + "replays_total", "counter", "Settings of clients set on servers.");
        pools.forEach(pool ->
                out.sample(
                        PREFIX + "replays_total", labels(pool.key()), pool.counters().replays()));
    }

    private void loops(MetricsText out) {
        List<LoopView> views = proxy.onEach(LoopView::of);
        out.family(PREFIX + "transport_info", "gauge", "The transport of each loop.");
        each(
                views,
                (i, view) -> {
                    EventLoop.Choice choice = view.loop().choice();
                    Map<String, String> labels = new LinkedHashMap<>();
                    labels.put("loop", i);
                    labels.put("kind", choice.kind().name().toLowerCase(Locale.ROOT));
                    labels.put("reason", choice.reason());
                    out.sample(PREFIX + "transport_info", labels, 1);
                });
        out.family(PREFIX + "loop_load", "gauge", "Share of its time that a loop is busy.");
        each(
                views,
                (i, _) ->
                        out.fraction(
                                PREFIX + "loop_load",
                                Map.of("loop", i),
                                proxy.loads().of(Integer.parseInt(i))));
        out.family(PREFIX + "loop_turns_total", "counter", "Turns of a loop.");
        each(
                views,
                (i, view) ->
                        out.sample(
                                PREFIX + "loop_turns_total",
                                Map.of("loop", i),
                                view.loop().turns()));
        out.family(PREFIX + "loop_channels", "gauge", "Open connections on a loop.");
        each(
                views,
                (i, view) ->
                        out.sample(PREFIX + "loop_channels", Map.of("loop", i), view.channels()));
    }

    private static void each(List<LoopView> views, BiConsumer<String, LoopView> action) {
        for (int i = 0; i < views.size(); i++) {
            action.accept(Integer.toString(i), views.get(i));
        }
    }

    private static void memory(MetricsText out) {
        out.family("jvm_memory_used_bytes", "gauge", "Memory of the Java machine in use.");
        var memory = ManagementFactory.getMemoryMXBean();
        used(out, "heap", memory.getHeapMemoryUsage());
        used(out, "nonheap", memory.getNonHeapMemoryUsage());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                out.sample("jvm_memory_used_bytes", Map.of("area", "direct"), pool.getMemoryUsed());
            }
        }
    }

    private static void used(MetricsText out, String area, MemoryUsage usage) {
        out.sample("jvm_memory_used_bytes", Map.of("area", area), usage.getUsed());
    }
}
