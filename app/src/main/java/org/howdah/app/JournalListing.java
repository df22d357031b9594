package org.howdah.app;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.howdah.remedy.JournalEntry;
import org.howdah.remedy.JournalStatement;
import org.howdah.remedy.LockMode;
import org.howdah.remedy.RemedyState;
import org.howdah.report.Style;
import org.howdah.report.Terminal;
import org.howdah.report.TerminalTable;
import org.howdah.report.TerminalTable.Cell;
import org.howdah.report.TerminalTable.Column;
import org.howdah.report.Units;

/** The journal for a person at a terminal. */
final class JournalListing {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private final Terminal terminal;

    JournalListing(Terminal terminal) {
        this.terminal = terminal;
    }

    String list(List<JournalEntry> entries) {
        TerminalTable table =
                TerminalTable.of(
                        Column.right("ID"),
                        Column.left("WHEN"),
                        Column.left("REMEDY"),
                        Column.wrapping("SUBJECT"),
                        Column.left("STATE"),
                        Column.wrapping("MEASURE OR REASON"));
        for (JournalEntry entry : entries) {
            table.row(
                    Cell.of(Long.toString(entry.id())),
                    new Cell(TIME.format(entry.plannedAt()), Style.MUTED),
                    Cell.of(entry.kind()),
                    new Cell(entry.subject().toString(), Style.STRONG),
                    new Cell(Words.lower(entry.state()), style(entry.state())),
                    Cell.of(
                            entry.reason().isEmpty()
                                    ? entry.aim().map(JournalListing::reading).orElse("")
                                    : entry.reason()));
        }
        return table.render(terminal);
    }

    String show(JournalEntry entry) {
        TerminalTable facts = TerminalTable.of(Column.left(""), Column.wrapping(""));
        row(facts, "remedy", entry.kind() + " of " + entry.subject());
        row(facts, "cluster", entry.cluster());
        row(facts, "state", Words.lower(entry.state()));
        row(facts, "reason", entry.reason());
        row(facts, "finding", entry.finding());
        row(facts, "", entry.findingSummary());
        row(facts, "allowed by", entry.allowedBy());
        row(facts, "started", entry.startedAt().map(TIME::format).orElse(""));
        row(facts, "took", took(entry.startedAt(), entry.endedAt()));
        row(facts, "measure", entry.aim().map(JournalListing::reading).orElse(""));
        row(facts, "guards", String.join("\n", entry.guards()));
        row(facts, "undo", String.join(";\n", entry.undo()));
        row(
                facts,
                "undone by",
                entry.undoneBy().isPresent() ? "" + entry.undoneBy().getAsLong() : "");
        row(facts, "undo of", entry.undoOf().isPresent() ? "" + entry.undoOf().getAsLong() : "");
        return terminal.paint(Style.STRONG, "Entry " + entry.id())
                + "\n"
                + facts.render(terminal)
                + "\n"
                + statements(entry.statements());
    }

    private String statements(List<JournalStatement> statements) {
        TerminalTable table =
                TerminalTable.of(
                        Column.right("#"),
                        Column.wrapping("STATEMENT"),
                        Column.left("OUTCOME"),
                        Column.right("TOOK"),
                        Column.right("LOCK HELD"));
        for (JournalStatement statement : statements) {
            String message = statement.message().isEmpty() ? "" : "\n" + statement.message();
            table.row(
                    Cell.of(Integer.toString(statement.position())),
                    Cell.of(statement.statement() + message),
                    new Cell(
                            Words.lower(statement.outcome())
                                    + (statement.attempt() > 1
                                            ? " (attempt " + statement.attempt() + ")"
                                            : ""),
                            style(statement.outcome())),
                    Cell.of(took(Optional.of(statement.startedAt()), statement.endedAt())),
                    Cell.of(
                            statement.lockMode() == LockMode.NONE
                                    ? ""
                                    : Units.duration(statement.held())));
        }
        return table.isEmpty() ? "" : table.render(terminal);
    }

    private static void row(TerminalTable table, String name, String value) {
        if (!value.isEmpty()) {
            table.row(new Cell(name, Style.MUTED), Cell.of(value));
        }
    }

    static String reading(JournalEntry.Reading reading) {
        return "%s %s -> %s"
                .formatted(
                        reading.measure(),
                        number(reading, reading.before()),
                        number(reading, reading.after()));
    }

    private static String number(JournalEntry.Reading reading, OptionalDouble value) {
        return value.isPresent() ? reading.unit().format(value.getAsDouble()) : "unknown";
    }

    private static String took(Optional<Instant> from, Optional<Instant> to) {
        return from.isPresent() && to.isPresent()
                ? Units.duration(Duration.between(from.get(), to.get()))
                : "";
    }

    static Style style(RemedyState state) {
        return switch (state) {
            case DONE -> Style.GOOD;
            case PLANNED, RUNNING, UNDONE -> Style.MUTED;
            case NOT_PROVEN, REFUSED -> Style.WARNING;
            case FAILED, INTERRUPTED -> Style.CRITICAL;
        };
    }

    private static Style style(JournalStatement.Outcome outcome) {
        return switch (outcome) {
            case DONE -> Style.GOOD;
            case RUNNING -> Style.MUTED;
            case CANCELLED -> Style.WARNING;
            case FAILED -> Style.CRITICAL;
        };
    }
}
