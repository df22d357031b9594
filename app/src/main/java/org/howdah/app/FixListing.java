package org.howdah.app;

import java.util.stream.Collectors;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.RemedyOutcome;
import org.howdah.remedy.RemedyState;
import org.howdah.report.Style;
import org.howdah.report.Terminal;
import org.howdah.report.TerminalTable;
import org.howdah.report.TerminalTable.Cell;
import org.howdah.report.TerminalTable.Column;
import org.howdah.report.Units;
import org.howdah.upkeep.Mended;

/** What {@code fix} would do or did, for a person at a terminal. */
final class FixListing {
    private final Terminal terminal;

    FixListing(Terminal terminal) {
        this.terminal = terminal;
    }

    String render(FixPlan plan) {
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (FixPlan.Step step : plan.steps()) {
            out.append(remedy(++number + ". ", step.planned(), step.decision().toString()))
                    .append('\n');
        }
        if (!plan.byHand().isEmpty()) {
            out.append(terminal.paint(Style.STRONG, "Only by hand")).append("\n\n");
            plan.byHand().forEach(planned -> out.append(remedy("", planned, "")).append('\n'));
        }
        if (!plan.dropped().isEmpty()) {
            TerminalTable table =
                    TerminalTable.of(Column.wrapping("LEFT OUT"), Column.wrapping("BECAUSE"));
            plan.dropped().forEach(dropped -> table.row(name(dropped.planned()), dropped.reason()));
            out.append(table.render(terminal)).append('\n');
        }
        plan.unadvised()
                .ifPresent(reason ->
                        out.append(
                                        TerminalTable.of(Column.wrapping(""))
                                                .row("No advice on indexes: " + reason)
                                                .render(terminal))
                                .append('\n'));
        return out.append(foot(plan)).append('\n').toString();
    }

    private String foot(FixPlan plan) {
        return plan.steps().isEmpty()
                ? terminal.paint(Style.GOOD, "There is nothing that Howdah would change")
                : Words.plural(plan.steps().size(), "remedy", "remedies")
                        + ". Nothing was changed; --apply runs them.";
    }

    private static String name(PlannedRemedy planned) {
        return planned.remedy().kind() + " " + planned.remedy().subject();
    }

    private String remedy(String number, PlannedRemedy planned, String decision) {
        Remedy remedy = planned.remedy();
        TerminalTable table = TerminalTable.of(Column.left(""), Column.wrapping(""));
        table.heading(number + name(planned), Words.style(planned.severity()));
        planned.findings()
                .forEach(finding ->
                        row(
                                table,
                                "why",
                                finding.summary().contains(finding.subject().name())
                                        ? finding.summary()
                                        : finding.subject() + ": " + finding.summary(),
                                Style.PLAIN));
        if (remedy instanceof ByHand byHand) {
            row(table, "do", byHand.advice(), Style.PLAIN);
        }
        row(table, "SQL", statements(remedy), Style.ACCENT);
        if (!decision.isEmpty()) {
            row(table, "lock", Words.lock(remedy.lock()), Style.PLAIN);
            row(table, "cost", Words.cost(remedy), Style.PLAIN);
            row(
                    table,
                    "undo",
                    remedy.undo().isEmpty()
                            ? "nothing to take back"
                            : remedy.undo().stream().collect(Collectors.joining(";\n")) + ";",
                    Style.MUTED);
            row(table, "allowed", decision, Style.MUTED);
        }
        return table.render(terminal);
    }

    private static String statements(Remedy remedy) {
        return remedy.statements().isEmpty() ? "" : String.join(";\n", remedy.statements()) + ";";
    }

    private static void row(TerminalTable table, String name, String value, Style style) {
        if (!value.isEmpty()) {
            table.row(new Cell("  " + name, Style.MUTED), new Cell(value, style));
        }
    }

    String outcome(Mended mended) {
        TerminalTable table =
                TerminalTable.of(
                        Column.left("STATE"),
                        Column.left("REMEDY"),
                        Column.wrapping("SUBJECT"),
                        Column.wrapping("MEASURE OR REASON"),
                        Column.right("TOOK"),
                        Column.right("JOURNAL"));
        mended.outcomes().forEach(outcome -> table.row(cells(outcome)));
        long done =
                mended.outcomes().filter(outcome -> outcome.state() == RemedyState.DONE).count();
        long all = mended.outcomes().count();
        return (table.isEmpty() ? "" : "\n" + table.render(terminal) + "\n")
                + "%d of %s done%s\n"
                        .formatted(
                                done,
                                Words.plural(all, "remedy", "remedies"),
                                mended.stopped() ? "; stopped before the end" : "");
    }

    private static Cell[] cells(RemedyOutcome outcome) {
        Remedy remedy = outcome.planned().remedy();
        String said =
                outcome.reason().isEmpty()
                        ? outcome.aim().map(JournalListing::reading).orElse("")
                        : outcome.reason();
        return new Cell[] {
            new Cell(
                    outcome.state() == RemedyState.PLANNED
                            ? "not run"
                            : Words.lower(outcome.state()),
                    JournalListing.style(outcome.state())),
            Cell.of(remedy.kind()),
            new Cell(remedy.subject().toString(), Style.STRONG),
            Cell.of(said),
            Cell.of(outcome.took().isZero() ? "" : Units.duration(outcome.took())),
            Cell.of(
                    outcome.journalId().isPresent()
                            ? Long.toString(outcome.journalId().getAsLong())
                            : "")
        };
    }
}
