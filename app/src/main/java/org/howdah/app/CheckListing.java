package org.howdah.app;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.check.CheckResult;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Severity;
import org.howdah.report.Style;
import org.howdah.report.Terminal;
import org.howdah.report.TerminalTable;
import org.howdah.report.TerminalTable.Cell;
import org.howdah.report.TerminalTable.Column;
import org.howdah.report.Units;

/** An examination for a person at a terminal: the worst first, readable at 80 columns. */
final class CheckListing {
    /** Of one check; the rest is in the other outputs. */
    private static final int SHOWN = 10;

    private final Terminal terminal;
    private final boolean all;

    CheckListing(Terminal terminal, boolean all) {
        this.terminal = terminal;
        this.all = all;
    }

    String render(Examination examination) {
        return Stream.of(
                        head(examination),
                        findings(examination),
                        unreachable(examination),
                        gaps(Gaps.of(examination.checkup().notChecked())),
                        summary(examination) + "\n")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    String render(Examinations.Failed failed) {
        return terminal.paint(Style.STRONG, failed.cluster())
                + "\n\n"
                + terminal.paint(Style.CRITICAL, "not reached  ")
                + failed.reason()
                + "\n"
                + terminal.paint(Style.STRONG, "Hint: ")
                + failed.failure().hint()
                + "\n";
    }

    private String head(Examination examination) {
        String nodes =
                examination.nodes().stream()
                        .map(node ->
                                "  %s  PostgreSQL %s, %s\n"
                                        .formatted(
                                                node.node(),
                                                node.version(),
                                                node.inRecovery() ? "reader" : "writer"))
                        .collect(Collectors.joining());
        return terminal.paint(Style.STRONG, examination.cluster()) + "\n" + nodes;
    }

    private String findings(Examination examination) {
        if (examination.groups().isEmpty()) {
            return "";
        }
        TerminalTable table =
                TerminalTable.of(
                        Column.wrapping("SUBJECT"), Column.wrapping("WHAT"), Column.left("REMEDY"));
        for (Examination.Group group : examination.groups()) {
            table.heading(
                    Words.lower(group.severity()) + "  " + group.check(),
                    Words.style(group.severity()));
            List<Finding> findings = group.findings();
            int shown = all ? findings.size() : Math.min(SHOWN, findings.size());
            findings.subList(0, shown).forEach(finding -> table.row(cells(finding)));
            if (shown < findings.size()) {
                table.row(
                        Cell.of(""),
                        new Cell(
                                "and %d more; --all shows them".formatted(findings.size() - shown),
                                Style.MUTED),
                        Cell.of(""));
            }
        }
        return table.render(terminal);
    }

    private static Cell[] cells(Finding finding) {
        return new Cell[] {
            new Cell(finding.subject().toString(), Style.STRONG),
            Cell.of(finding.summary()),
            new Cell(
                    finding.remedies().stream().findFirst().map(Remedy::kind).orElse(""),
                    Style.ACCENT)
        };
    }

    private String unreachable(Examination examination) {
        return examination.checkup().facts().unreachable().stream()
                .map(sentence -> terminal.paint(Style.CRITICAL, "not reached  ") + sentence + "\n")
                .collect(Collectors.joining());
    }

    private String gaps(Gaps gaps) {
        if (gaps.gaps().isEmpty()) {
            return "";
        }
        TerminalTable table =
                TerminalTable.of(Column.wrapping("NOT CHECKED"), Column.wrapping("BECAUSE"));
        gaps.gaps().forEach(gap -> table.row(String.join(", ", gap.checks()), gap.reason()));
        String grants =
                gaps.grants().stream()
                        .map(grant -> "  " + grant + ";\n")
                        .collect(Collectors.joining());
        return table.render(terminal)
                + (grants.isEmpty() ? "" : "\nThis would let them be checked:\n" + grants);
    }

    private String summary(Examination examination) {
        long gaps =
                examination.checkup().notChecked().stream()
                        .map(CheckResult::check)
                        .distinct()
                        .count();
        String counts =
                "%d critical, %s, %s; %d checks fine, %d with gaps"
                        .formatted(
                                examination.count(Severity.CRITICAL),
                                Words.plural(examination.count(Severity.WARNING), "warning"),
                                Words.plural(examination.count(Severity.NOTICE), "notice"),
                                examination.fine().size(),
                                gaps);
        return terminal.paint(worst(examination), counts)
                + terminal.paint(Style.MUTED, " (" + Units.duration(examination.took()) + ")");
    }

    private static Style worst(Examination examination) {
        return examination.groups().stream()
                .findFirst()
                .map(group -> Words.style(group.severity()))
                .orElse(Style.GOOD);
    }
}
