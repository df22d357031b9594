package org.howdah.app;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Severity;
import org.howdah.report.BarChart;
import org.howdah.report.Block;
import org.howdah.report.Html;
import org.howdah.report.HtmlPage;
import org.howdah.report.HtmlTable;
import org.howdah.report.Hue;
import org.howdah.report.ShareBar;
import org.howdah.report.Style;
import org.howdah.report.TerminalTable.Column;

/** Examinations as one HTML file that can be sent to a colleague. */
final class CheckPage {
    private CheckPage() {}

    static String of(Examinations examinations) {
        HtmlPage page = HtmlPage.titled("Howdah check");
        boolean several = examinations.made().size() + examinations.failed().size() > 1;
        examinations
                .failed()
                .forEach(one ->
                        page.lead(
                                Block.paragraph(one.cluster() + ", not reached: " + one.reason())));
        examinations
                .made()
                .forEach(examination -> {
                    page.lead(lead(examination));
                    if (!several) {
                        tiles(page, examination);
                    }
                    sections(page, examination, several ? examination.cluster() + ": " : "");
                });
        page.foot(Html.text("Howdah " + Version.current() + "; nothing was changed"));
        return page.render();
    }

    private static Html lead(Examination examination) {
        List<Html> nodes =
                examination.nodes().stream()
                        .map(node ->
                                Html.join(
                                        Block.code(node.node()),
                                        Html.text(
                                                "  PostgreSQL %s, %s"
                                                        .formatted(
                                                                node.version(),
                                                                node.inRecovery()
                                                                        ? "reader"
                                                                        : "writer"))))
                        .toList();
        List<Html> unreachable =
                examination.checkup().facts().unreachable().stream()
                        .map(sentence -> Block.span(Style.CRITICAL, sentence))
                        .toList();
        return Html.join(
                Block.paragraph(
                        examination.cluster()
                                + ", "
                                + examination.at().truncatedTo(ChronoUnit.SECONDS)),
                Block.list(Stream.concat(nodes.stream(), unreachable.stream()).toList()));
    }

    private static void tiles(HtmlPage page, Examination examination) {
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.NOTICE)) {
            long count = examination.count(severity);
            page.tile(
                    new HtmlPage.Tile(
                            Words.lower(severity),
                            Long.toString(count),
                            "",
                            count == 0 ? Style.MUTED : Words.style(severity)));
        }
        page.tile(
                new HtmlPage.Tile(
                        "checks fine",
                        Integer.toString(examination.fine().size()),
                        "",
                        Style.GOOD));
        int gaps = examination.checkup().notChecked().size();
        page.tile(
                new HtmlPage.Tile(
                        "not checked",
                        Integer.toString(gaps),
                        "",
                        gaps == 0 ? Style.MUTED : Style.NOTICE));
    }

    private static void sections(HtmlPage page, Examination examination, String prefix) {
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.NOTICE)) {
            List<Html> content =
                    examination.groups().stream()
                            .filter(group -> group.severity() == severity)
                            .map(CheckPage::group)
                            .toList();
            if (!content.isEmpty()) {
                String word = Words.lower(severity);
                page.section(
                        prefix + word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1),
                        content.toArray(Html[]::new));
            }
        }
        Gaps gaps = Gaps.of(examination.checkup().notChecked());
        if (!gaps.gaps().isEmpty()) {
            page.section(prefix + "Not checked", gaps(gaps));
        }
        if (!examination.fine().isEmpty()) {
            page.section(prefix + "Fine", Block.paragraph(String.join(", ", examination.fine())));
        }
    }

    private static Html group(Examination.Group group) {
        List<Html> parts = new ArrayList<>();
        parts.add(Block.heading(group.check()));
        List<String> reasons = group.findings().stream().map(Finding::why).distinct().toList();
        boolean common = reasons.size() == 1;
        if (common) {
            parts.add(Block.paragraph(reasons.getFirst()));
        }
        group.findings().stream()
                .flatMap(finding -> finding.picture().stream())
                .distinct()
                .limit(3)
                .forEach(picture -> parts.add(picture(picture)));
        group.findings().forEach(finding -> parts.add(finding(finding, !common)));
        return Html.join(parts);
    }

    private static Html finding(Finding finding, boolean why) {
        Html summary =
                Html.join(
                        Block.badge(
                                Words.style(finding.severity()), Words.lower(finding.severity())),
                        Html.text(" "),
                        Block.code(finding.subject().toString()),
                        Html.text("  " + finding.summary()));
        List<Html> content = new ArrayList<>();
        if (why) {
            content.add(Block.paragraph(finding.why()));
        }
        if (!finding.measures().isEmpty()) {
            content.add(measures(finding.measures()));
        }
        finding.remedies().forEach(remedy -> content.add(remedy(remedy)));
        return content.isEmpty()
                ? Block.paragraph(summary)
                : Block.details(summary, content.toArray(Html[]::new));
    }

    private static Html measures(List<Measure> measures) {
        HtmlTable table =
                HtmlTable.of(
                        Column.left("measure"), Column.right("value"), Column.right("threshold"));
        measures.forEach(measure ->
                table.row(measure.name(), Words.value(measure), Words.threshold(measure)));
        return table.html();
    }

    private static Html remedy(Remedy remedy) {
        return Html.join(
                Block.paragraph(
                        remedy.kind()
                                + ": "
                                + Words.lock(remedy.lock())
                                + "; "
                                + Words.cost(remedy)),
                Block.sql(String.join(";\n", remedy.statements()) + ";"));
    }

    private static Html picture(Picture picture) {
        return switch (picture) {
            case Picture.Share share ->
                    new ShareBar(
                                    share.title(),
                                    "",
                                    share.unit(),
                                    IntStream.range(0, share.parts().size())
                                            .mapToObj(i ->
                                                    new ShareBar.Share(
                                                            share.parts().get(i).name(),
                                                            share.parts().get(i).value(),
                                                            Hue.nth(i)))
                                            .toList())
                            .html();
            case Picture.Ranking ranking ->
                    new BarChart(
                                    ranking.title(),
                                    "",
                                    ranking.unit(),
                                    ranking.bars().stream()
                                            .map(bar ->
                                                    new BarChart.Bar(
                                                            bar.name(), bar.value(), Hue.BLUE, ""))
                                            .toList())
                            .html();
        };
    }

    private static Html gaps(Gaps gaps) {
        HtmlTable table =
                HtmlTable.of(
                        Column.wrapping("checks"),
                        Column.wrapping("because"),
                        Column.wrapping("grant"));
        gaps.gaps()
                .forEach(gap ->
                        table.row(
                                String.join(", ", gap.checks()),
                                gap.reason(),
                                gap.grant().orElse("")));
        return table.html();
    }
}
