package org.howdah.remedy;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import org.howdah.report.Quantity;
import org.howdah.repository.Transaction;

/** Makes entries of the rows of {@code howdah.journal}. */
final class JournalReader {
    private static final String ENTRIES =
            """
            SELECT id, runner, cluster, database, kind, subject_kind, subject, finding, finding_summary,
                   allowed_by, lock_mode, state, reason, planned_at, started_at, ended_at,
                   aim_measure, aim_unit, aim_before, aim_after, guards, undo, undo_of, undone_by, connections
              FROM howdah.journal
            """;
    private static final String STATEMENTS =
            """
            SELECT position, statement, attempt, lock_mode, started_at, ended_at, outcome, sqlstate,
                   message, waited_ms, held_ms
              FROM howdah.journal_statement
             WHERE journal = ?
             ORDER BY position
            """;

    private JournalReader() {}

    static List<JournalEntry> list(Transaction transaction, JournalFilter filter) {
        return transaction.query(
                ENTRIES
                        + """
                         WHERE (?::text IS NULL OR cluster = ?)
                           AND (?::int = 0 OR state = ANY (?))
                           AND (?::bigint IS NULL OR id < ?)
                         ORDER BY id DESC
                         LIMIT ?
                        """,
                row -> entry(row, List.of()),
                filter.cluster(),
                filter.cluster(),
                filter.states().size(),
                filter.states(),
                filter.before(),
                filter.before(),
                filter.limit());
    }

    static Optional<JournalEntry> find(Transaction transaction, long id) {
        List<JournalStatement> statements =
                transaction.query(STATEMENTS, JournalReader::statement, id);
        return transaction
                .query(ENTRIES + " WHERE id = ?", row -> entry(row, statements), id)
                .stream()
                .findFirst();
    }

    private static JournalEntry entry(ResultSet row, List<JournalStatement> statements)
            throws SQLException {
        return new JournalEntry(
                row.getLong("id"),
                row.getObject("runner", UUID.class),
                row.getString("cluster"),
                row.getString("kind"),
                new Subject(
                        Subject.Kind.valueOf(row.getString("subject_kind")),
                        row.getString("database"),
                        row.getString("subject")),
                row.getString("finding"),
                row.getString("finding_summary"),
                row.getString("allowed_by"),
                LockMode.valueOf(row.getString("lock_mode")),
                RemedyState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getTimestamp("planned_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                reading(row),
                texts(row, "guards"),
                texts(row, "undo"),
                number(row, "undo_of"),
                number(row, "undone_by"),
                texts(row, "connections"),
                statements);
    }

    private static Optional<JournalEntry.Reading> reading(ResultSet row) throws SQLException {
        String measure = row.getString("aim_measure");
        if (measure == null) {
            return Optional.empty();
        }
        return Optional.of(
                new JournalEntry.Reading(
                        measure,
                        Quantity.valueOf(row.getString("aim_unit")),
                        decimal(row, "aim_before"),
                        decimal(row, "aim_after")));
    }

    private static JournalStatement statement(ResultSet row) throws SQLException {
        return new JournalStatement(
                row.getInt("position"),
                row.getString("statement"),
                row.getInt("attempt"),
                LockMode.valueOf(row.getString("lock_mode")),
                row.getTimestamp("started_at").toInstant(),
                instant(row, "ended_at"),
                JournalStatement.Outcome.valueOf(row.getString("outcome")),
                row.getString("sqlstate"),
                row.getString("message"),
                Duration.ofMillis(row.getLong("waited_ms")),
                Duration.ofMillis(row.getLong("held_ms")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalDouble decimal(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
