package org.howdah.rehearsal;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.howdah.remedy.Finding;
import org.howdah.remedy.JournalEntry;
import org.howdah.remedy.JournalStatement;
import org.howdah.report.Axis;
import org.howdah.report.BeforeAfter;
import org.howdah.report.Block;
import org.howdah.report.DistributionChart;
import org.howdah.report.Html;
import org.howdah.report.HtmlPage;
import org.howdah.report.HtmlTable;
import org.howdah.report.Hue;
import org.howdah.report.LineChart;
import org.howdah.report.Quantity;
import org.howdah.report.Series;
import org.howdah.report.Style;
import org.howdah.report.TerminalTable.Column;
import org.howdah.report.Units;
import org.howdah.workload.LoadResult;
import org.howdah.workload.Probe;

/** The tour's report: one self-contained HTML page. */
public final class TourPage {
    private static final double MICROS = 1e6;

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private TourPage() {}

    public static String render(TourResult result) {
        HtmlPage page =
                HtmlPage.titled("Howdah tour")
                        .lead(
                                Block.paragraph(
                                        ("A PostgreSQL cluster in bad shape, measured, diagnosed, mended and"
                                                        + " measured again on %s: a writer and two readers with the"
                                                        + " workload at scale %s%s. The tour took %s.")
                                                .formatted(
                                                        MOMENT.format(result.startedAt()),
                                                        BigDecimal.valueOf(result.scale())
                                                                .stripTrailingZeros()
                                                                .toPlainString(),
                                                        result.rename().isPresent()
                                                                ? ", all names changed at random (seed "
                                                                        + result.rename()
                                                                                .getAsLong()
                                                                        + ")"
                                                                : "",
                                                        Units.duration(result.took()))));
        tiles(page, result);
        page.section("What was measured", figures(result), statements(result));
        page.section("Latency at the same rate", latency(result));
        page.section("What was wrong", faults(result), findings(result.findings()));
        page.section("What was done, and why", journal(result));
        page.section("What remains", findings(result.remaining()));
        page.foot(
                Html.text(
                        "Made by Howdah "
                                + result.version()
                                + ". Every number on this page was measured by the run that made it."));
        return page.render();
    }

    private static void tiles(HtmlPage page, TourResult result) {
        for (Figure figure : result.figures()) {
            page.tile(
                    new HtmlPage.Tile(
                            figure.measure(),
                            figure.after(),
                            "was %s; goal %s".formatted(figure.before(), figure.goal()),
                            figure.reached() ? Style.GOOD : Style.CRITICAL));
        }
    }

    private static Html figures(TourResult result) {
        HtmlTable table = HtmlTable.of(TourTable.columns());
        for (Figure figure : result.figures()) {
            table.row(
                    Html.text(figure.measure()),
                    Html.text(figure.before()),
                    Html.text(figure.after()),
                    Html.text(figure.change()),
                    Html.text(figure.goal()),
                    Block.badge(
                            figure.reached() ? Style.GOOD : Style.CRITICAL,
                            figure.reached() ? "reached" : "missed"));
        }
        return Html.join(
                table.html(),
                Block.paragraph(
                        "The server's raw counters say that %s of all scans used an index before and %s after: they count every loop of an inner index scan, which is why the table counts plan nodes times calls."
                                .formatted(
                                        Units.percent(result.before().indexScanShare()),
                                        Units.percent(result.after().indexScanShare()))));
    }

    private static Html statements(TourResult result) {
        List<BeforeAfter.Measure> measures = new ArrayList<>();
        for (Probe.Timing before : result.before().timings()) {
            measures.add(
                    new BeforeAfter.Measure(
                            before.name(),
                            Quantity.SECONDS,
                            BeforeAfter.Goal.LESS,
                            before.meanMicros() / MICROS,
                            result.after().timing(before.name()).meanMicros() / MICROS));
        }
        return new BeforeAfter(
                        "Mean time of each statement by itself",
                        "The same values before and after; each row has its own scale.",
                        measures)
                .html();
    }

    private static Html latency(TourResult result) {
        LoadResult before = result.before().open();
        LoadResult after = result.after().open();
        String rate = "%.1f requests a second".formatted(after.offeredPerSecond());
        return Html.join(
                new LineChart(
                                "Latency over time, 95th percentile",
                                rate + ", counted from the moment each request was due.",
                                Axis.linear("time since the start", Quantity.SECONDS),
                                Axis.log("latency", Quantity.SECONDS),
                                List.of(
                                        overTime(
                                                "before",
                                                Hue.BEFORE,
                                                before,
                                                LoadResult.Second::p95Micros),
                                        overTime(
                                                "after",
                                                Hue.AFTER,
                                                after,
                                                LoadResult.Second::p95Micros)),
                                List.of())
                        .html(),
                new DistributionChart(
                                "Distribution of latency",
                                "Each further nine to the right takes the same room.",
                                Axis.log("latency", Quantity.SECONDS),
                                List.of(
                                        distribution("before", Hue.BEFORE, before),
                                        distribution("after", Hue.AFTER, after)))
                        .html(),
                new LineChart(
                                "Throughput of the closed loop",
                                "%d clients, each sending its next request when the last was answered."
                                        .formatted(result.after().closed().connections()),
                                Axis.linear("time since the start", Quantity.SECONDS),
                                Axis.log("requests", Quantity.PER_SECOND),
                                List.of(
                                        overTime("before", Hue.BEFORE, result.before().closed()),
                                        overTime("after", Hue.AFTER, result.after().closed())),
                                List.of())
                        .html());
    }

    private static Series overTime(
            String name, Hue hue, LoadResult result, ToLongFunction<LoadResult.Second> micros) {
        return new Series(
                name,
                hue,
                result.series().stream()
                        .filter(second -> second.completed() > 0)
                        .map(second ->
                                new Series.Point(
                                        second.second(), micros.applyAsLong(second) / MICROS))
                        .toList());
    }

    private static Series overTime(String name, Hue hue, LoadResult result) {
        return new Series(
                name,
                hue,
                result.series().stream()
                        .map(second -> new Series.Point(second.second(), second.completed()))
                        .toList());
    }

    private static Series distribution(String name, Hue hue, LoadResult result) {
        return new Series(
                name,
                hue,
                // Beyond one request in all, a percentile says no more than the maximum.
                result.response().distribution().stream()
                        .filter(point -> point.percent() <= 100 - 100.0 / result.response().count())
                        .map(point ->
                                new Series.Point(point.percent() / 100, point.micros() / MICROS))
                        .toList());
    }

    private static Html faults(TourResult result) {
        return Block.details(
                Html.text(
                        "The %d faults that the tour put in, which nothing in the diagnosis knows of"
                                .formatted(result.faults().size())),
                Block.list(result.faults().stream().map(Html::text).toList()));
    }

    private static Html findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return Block.paragraph("Nothing.");
        }
        HtmlTable table =
                HtmlTable.of(
                        Column.left("severity"),
                        Column.left("check"),
                        Column.left("subject"),
                        Column.wrapping("finding"));
        for (Finding finding : findings) {
            table.row(
                    Block.badge(style(finding), finding.severity().name().toLowerCase(Locale.ROOT)),
                    Html.text(finding.check()),
                    Block.code(finding.subject().toString()),
                    Html.text(finding.summary()));
        }
        return table.html();
    }

    private static Style style(Finding finding) {
        return switch (finding.severity()) {
            case CRITICAL -> Style.CRITICAL;
            case WARNING -> Style.WARNING;
            case NOTICE -> Style.NOTICE;
        };
    }

    private static Html journal(TourResult result) {
        HtmlTable table =
                HtmlTable.of(
                        Column.right(""),
                        Column.wrapping("remedy"),
                        Column.wrapping("because"),
                        Column.left("state"),
                        Column.wrapping("effect"));
        for (JournalEntry entry : result.journal()) {
            table.row(
                    Html.text(Long.toString(entry.id())),
                    Html.join(
                            Html.join(
                                    entry.statements().stream()
                                            .map(JournalStatement::statement)
                                            .map(Block::sql)
                                            .toList())),
                    Html.text(entry.findingSummary()),
                    Html.text(entry.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')),
                    Html.text(effect(entry)));
        }
        return table.html();
    }

    private static String effect(JournalEntry entry) {
        if (!entry.reason().isEmpty()) {
            return entry.reason();
        }
        return entry.aim()
                .filter(reading -> reading.before().isPresent() && reading.after().isPresent())
                .map(reading ->
                        "%s: %s → %s"
                                .formatted(
                                        reading.measure(),
                                        reading.unit().format(reading.before().getAsDouble()),
                                        reading.unit().format(reading.after().getAsDouble())))
                .orElse("");
    }
}
