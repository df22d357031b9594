package org.howdah.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A page with one of everything, to be looked at in a browser, light and dark: run {@code main}
 * with the name of the file to write. The figures are made up from a fixed seed.
 */
final class SamplePage {

    private SamplePage() {}

    static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), page());
    }

    static String page() {
        return HtmlPage.titled("A cluster, before and after")
                .lead(
                        Block.paragraph(
                                "One writer and two readers, PostgreSQL 18, looked at on 20 November 2026. Everything on this page is a sample."))
                .tile(
                        new HtmlPage.Tile(
                                "slowest statement, mean", "4.1 ms", "was 812 ms", Style.GOOD))
                .tile(
                        new HtmlPage.Tile(
                                "dead rows in busy tables", "2.1 %", "was 48.7 %", Style.GOOD))
                .tile(
                        new HtmlPage.Tile(
                                "findings", "3", "was 27, of them 4 critical", Style.WARNING))
                .tile(new HtmlPage.Tile("throughput", "1.8 k/s", "was 212/s", Style.PLAIN))
                .section(
                        "Latency over time",
                        overTime().html(),
                        overTime(Axis.linear("latency, p95", Quantity.SECONDS)).html())
                .section(
                        "Distribution",
                        Block.columns(
                                distribution().html(ChartSize.HALF),
                                throughput().html(ChartSize.HALF)))
                .section("What was gained", gained().html())
                .section(
                        "Where the time and the bytes went",
                        bars().html(),
                        shares().html(),
                        distribution().html())
                .section("Findings", findings(), Block.heading("In detail"), detail())
                .foot(Html.text("Howdah, a sample page"))
                .render();
    }

    private static LineChart overTime() {
        return overTime(Axis.log("latency, p95", Quantity.SECONDS));
    }

    private static LineChart overTime(Axis y) {
        var random = new Random(7);
        var before = new ArrayList<Series.Point>();
        var after = new ArrayList<Series.Point>();
        for (int second = 0; second < 600; second++) {
            before.add(
                    new Series.Point(
                            second / 10.0,
                            0.4 + 0.5 * random.nextDouble() + (second % 97 == 0 ? 2 : 0)));
            double fast = 0.006 + 0.004 * random.nextDouble() + (second % 150 == 75 ? 0.08 : 0);
            after.add(
                    new Series.Point(
                            second / 10.0, second > 300 && second < 330 ? Double.NaN : fast));
        }
        return new LineChart(
                "Latency at the same fixed rate",
                "95th percentile of each 100 ms, from the intended start of each transaction; lower is better.",
                Axis.linear("time since the start", Quantity.SECONDS),
                y,
                List.of(
                        new Series("before", Hue.BEFORE, before),
                        new Series("after", Hue.AFTER, after)),
                List.of(
                        new LineChart.Mark(20, "checkpoint starts"),
                        new LineChart.Mark(23, "checkpoint ends"),
                        new LineChart.Mark(59.5, "end")));
    }

    private static LineChart throughput() {
        var points = new ArrayList<Series.Point>();
        for (int minute = 0; minute <= 180; minute++) {
            points.add(
                    new Series.Point(
                            minute * 60, 1_250_000_000.0 * Math.abs(Math.sin(minute / 40.0))));
        }
        return new LineChart(
                "WAL written",
                "",
                Axis.linear("time since the start", Quantity.SECONDS),
                Axis.linear("bytes a second", Quantity.BYTES_PER_SECOND),
                List.of(new Series("WAL", Hue.TEAL, points)),
                List.of());
    }

    private static DistributionChart distribution() {
        var before = new ArrayList<Series.Point>();
        var after = new ArrayList<Series.Point>();
        for (double x = 1; x < 30_000; x *= 1.1) {
            before.add(new Series.Point(1 - 1 / x, 0.12 * Math.pow(x, 0.45)));
            after.add(new Series.Point(1 - 1 / x, 0.0021 * Math.pow(x, 0.35)));
        }
        return new DistributionChart(
                "Latency by percentile",
                "Both axes are logarithmic; lower is better.",
                Axis.log("latency", Quantity.SECONDS),
                List.of(
                        new Series("before", Hue.BEFORE, before),
                        new Series("after", Hue.AFTER, after)));
    }

    private static BeforeAfter gained() {
        return new BeforeAfter(
                "Before and after",
                "Each measure has its own scale.",
                List.of(
                        new BeforeAfter.Measure(
                                "slowest statement, mean",
                                Quantity.SECONDS,
                                BeforeAfter.Goal.LESS,
                                0.812,
                                0.0041),
                        new BeforeAfter.Measure(
                                "throughput",
                                Quantity.PER_SECOND,
                                BeforeAfter.Goal.MORE,
                                212,
                                1810),
                        new BeforeAfter.Measure(
                                "dead rows", Quantity.RATIO, BeforeAfter.Goal.LESS, 0.487, 0.021),
                        new BeforeAfter.Measure(
                                "size on disk",
                                Quantity.BYTES,
                                BeforeAfter.Goal.LESS,
                                3.1e9,
                                3.4e9),
                        new BeforeAfter.Measure(
                                "cache hit ratio",
                                Quantity.RATIO,
                                BeforeAfter.Goal.MORE,
                                0.991,
                                0.991)));
    }

    private static BarChart bars() {
        return new BarChart(
                "Time by statement",
                "",
                Quantity.SECONDS,
                List.of(
                        new BarChart.Bar(
                                "select from events where kind = $1 and created_at > $2",
                                182,
                                Hue.BLUE,
                                "61.2 %"),
                        new BarChart.Bar("update orders set state = $1", 71, Hue.BLUE, "23.9 %"),
                        new BarChart.Bar("insert into events", 31, Hue.BLUE, "10.4 %"),
                        new BarChart.Bar("others", 0.4, Hue.MUTED, "0.1 %")));
    }

    private static ShareBar shares() {
        return new ShareBar(
                "What the table's file holds",
                "",
                Quantity.BYTES,
                List.of(
                        new ShareBar.Share("live rows", 5.1e9, Hue.BLUE),
                        new ShareBar.Share("dead rows", 1.2e9, Hue.ORANGE),
                        new ShareBar.Share("free space", 0.9e9, Hue.MUTED)));
    }

    private static Html findings() {
        var table =
                HtmlTable.of(
                        TerminalTable.Column.left("severity"),
                        TerminalTable.Column.left("object"),
                        TerminalTable.Column.wrapping("what is wrong"),
                        TerminalTable.Column.right("bytes"));
        table.row(
                Block.badge(Style.CRITICAL, "critical"),
                Block.code("shop.orders"),
                Html.text("48.7 % of the rows are dead; autovacuum is off for this table."),
                Html.text("1.2 GiB"));
        table.row(
                Block.badge(Style.WARNING, "warning"),
                Block.code("shop.\"<script>alert('x')</script>\""),
                Html.text(
                        "The index is not used by any statement on any node since the statistics began 41 days ago."),
                Html.text("340 MiB"));
        table.row(
                Block.badge(Style.NOTICE, "notice"),
                Block.code("shop.items"),
                Html.text("Statistics are older than a day."),
                Html.text("12.4 MiB"));
        return table.html();
    }

    private static Html detail() {
        return Html.join(
                Block.details(
                        Html.join(
                                Block.badge(Style.CRITICAL, "critical"),
                                Html.text(" Dead rows in "),
                                Block.code("shop.orders")),
                        Block.paragraph(
                                "Each scan of the table reads twice the pages that it needs."),
                        Block.sql(
                                "-- allows autovacuum again\nALTER TABLE shop.orders RESET (autovacuum_enabled);\n"
                                        + "VACUUM (ANALYZE, VERBOSE) shop.orders;\nSELECT count(*) FROM shop.orders WHERE state = 'it''s new' AND id > 10;")),
                Block.details(
                        Html.join(Block.badge(Style.GOOD, "done"), Html.text(" Index built")),
                        Block.definitions(
                                List.of(
                                        Block.Definition.of(
                                                "lock", "SHARE UPDATE EXCLUSIVE, 4.2 s"),
                                        Block.Definition.of("written", "340 MiB of WAL")))));
    }
}
