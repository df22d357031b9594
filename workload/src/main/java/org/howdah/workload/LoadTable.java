package org.howdah.workload;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.howdah.report.Style;
import org.howdah.report.Terminal;
import org.howdah.report.TerminalTable;
import org.howdah.report.TerminalTable.Cell;
import org.howdah.report.TerminalTable.Column;
import org.howdah.report.Units;

/** What a load measured, for a person: a sentence and a table by statement, slowest first. */
public final class LoadTable {
    private LoadTable() {}

    public static String render(LoadResult result, Terminal terminal) {
        TerminalTable table =
                TerminalTable.of(
                        Column.left("Statement"),
                        Column.right("Calls"),
                        Column.right("Mean"),
                        Column.right("p50"),
                        Column.right("p95"),
                        Column.right("p99"),
                        Column.right("Max"),
                        Column.wrapping("Errors"));
        result.statements().stream()
                .sorted(
                        Comparator.comparingDouble((LoadResult.StatementResult each) ->
                                        each.response().meanMicros())
                                .reversed())
                .forEach(each -> row(table, each.name(), each.response(), each.errors()));
        row(table, "all", result.response(), result.errors());
        return summary(result) + "\n\n" + table.render(terminal);
    }

    /** One line. */
    public static String summary(LoadResult result) {
        String offered =
                result.offeredPerSecond() > 0
                        ? " of " + Units.perSecond(result.offeredPerSecond()) + " offered"
                        : "";
        String queue =
                result.maxQueue() > result.connections()
                        ? ", up to " + Units.exact(result.maxQueue()) + " requests waiting"
                        : "";
        String unserved =
                result.unserved() > 0 ? ", " + Units.exact(result.unserved()) + " unserved" : "";
        return "%s%s over %d connections for %s%s%s%s"
                .formatted(
                        Units.perSecond(result.throughputPerSecond()),
                        offered,
                        result.connections(),
                        Units.seconds(result.seconds()),
                        queue,
                        unserved,
                        result.cancelled() ? ", cancelled" : "");
    }

    private static void row(
            TerminalTable table, String name, Latency latency, Map<String, Long> errors) {
        String states =
                errors.entrySet().stream()
                        .map(entry -> entry.getKey() + " ×" + Units.exact(entry.getValue()))
                        .collect(Collectors.joining(", "));
        boolean none = latency.count() == 0;
        table.row(
                Cell.of(name),
                Cell.of(Units.exact(latency.count())),
                Cell.of(none ? "-" : Units.seconds(latency.meanMicros() / 1e6)),
                Cell.of(none ? "-" : time(latency.p50Micros())),
                Cell.of(none ? "-" : time(latency.p95Micros())),
                Cell.of(none ? "-" : time(latency.p99Micros())),
                Cell.of(none ? "-" : time(latency.maxMicros())),
                new Cell(states, Style.WARNING));
    }

    private static String time(long micros) {
        return Units.seconds(micros / 1e6);
    }
}
