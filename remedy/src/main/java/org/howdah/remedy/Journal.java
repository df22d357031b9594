package org.howdah.remedy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.repository.Repository;
import org.howdah.repository.Transaction;

/**
 * The durable record of every remedy, kept in the repository. Reading is for all; only the {@link
 * RemedyRunner} writes. Passwords in statements are masked before they are kept.
 */
public final class Journal {
    private final Repository repository;

    public Journal(Repository repository) {
        this.repository = repository;
    }

    /** The newest first, without their statements. */
    public List<JournalEntry> list(JournalFilter filter) {
        return repository.inTransaction(transaction -> JournalReader.list(transaction, filter));
    }

    /** One entry with its statements. */
    public Optional<JournalEntry> find(long id) {
        return repository.inTransaction(transaction -> JournalReader.find(transaction, id));
    }

    /**
     * @throws HowdahException where there is no such entry
     */
    public JournalEntry get(long id) {
        return find(id).orElseThrow(() ->
                new HowdahException(
                        "journal-no-entry",
                        "The journal has no entry " + id,
                        "List the entries with: howdah journal",
                        ExitCode.USAGE));
    }

    Repository repository() {
        return repository;
    }

    /** Whom an entry is about and who let it run. */
    record Proposal(
            String cluster,
            String kind,
            Subject subject,
            LockMode lockMode,
            Optional<Aim> aim,
            String finding,
            String findingSummary,
            String allowedBy,
            OptionalLong undoOf) {}

    /** What an undo has to know beyond the entry itself. */
    record Trace(
            Optional<String> tableName, Optional<String> stateQuery, Optional<String> stateAfter) {}

    /** An entry that was begun and not ended. */
    record Unfinished(
            long id,
            String database,
            String kind,
            Optional<String> tableName,
            List<String> makes,
            List<String> adopts,
            int backendPid,
            Instant backendStarted) {}

    void enroll(RunnerProcess process) {
        change(
                """
                INSERT INTO howdah.runner (id, host, pid, process_started, started_at, heartbeat_at)
                VALUES (?, ?, ?, ?, pg_catalog.now(), pg_catalog.now())
                ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at, ended_at = NULL
                """,
                process.id(),
                process.host(),
                process.pid(),
                process.processStarted());
    }

    /** By the repository's clock: those of two machines may differ by more than a silence. */
    void beat(RunnerProcess process) {
        change(
                "UPDATE howdah.runner SET heartbeat_at = pg_catalog.now() WHERE id = ?",
                process.id());
    }

    void leave(RunnerProcess process) {
        change("UPDATE howdah.runner SET ended_at = pg_catalog.now() WHERE id = ?", process.id());
    }

    long plan(RunnerProcess process, Proposal proposal, List<String> connections) {
        return repository.inTransaction(transaction ->
                transaction.one(
                        """
                        INSERT INTO howdah.journal (runner, cluster, database, kind, subject_kind, subject,
                               finding, finding_summary, allowed_by, lock_mode, state, planned_at,
                               aim_measure, aim_unit, undo_of, connections)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PLANNED', ?, ?, ?, ?, ?)
                        RETURNING id
                        """,
                        row -> row.getLong(1),
                        process.id(),
                        proposal.cluster(),
                        proposal.subject().database(),
                        proposal.kind(),
                        proposal.subject().kind(),
                        proposal.subject().name(),
                        proposal.finding(),
                        proposal.findingSummary(),
                        proposal.allowedBy(),
                        proposal.lockMode(),
                        repository.clock().instant(),
                        proposal.aim().map(Aim::measure),
                        proposal.aim().map(Aim::unit),
                        proposal.undoOf(),
                        connections));
    }

    Trace trace(long id) {
        return repository.inTransaction(transaction ->
                transaction.one(
                        "SELECT table_name, state_query, state_after FROM howdah.journal WHERE id = ?",
                        row ->
                                new Trace(
                                        Optional.ofNullable(row.getString(1)),
                                        Optional.ofNullable(row.getString(2)),
                                        Optional.ofNullable(row.getString(3))),
                        id));
    }

    /**
     * Marks the entries of processes that are gone as interrupted.
     *
     * @return those of this cluster, to look for what they left; also those marked by another
     *     process that never came to look
     */
    List<Unfinished> interrupt(RunnerProcess self, String cluster) {
        return repository.inTransaction(transaction -> {
            List<UUID> gone = gone(transaction, self);
            for (UUID runner : gone) {
                transaction.update(
                        """
                        UPDATE howdah.journal
                           SET state = 'INTERRUPTED', ended_at = greatest(pg_catalog.now(), planned_at, started_at),
                               reason = CASE state WHEN 'PLANNED' THEN 'its process ended before it began'
                                                   ELSE 'its process ended while it ran' END
                         WHERE runner = ? AND state IN ('PLANNED', 'RUNNING')
                        """,
                        runner);
                transaction.update(
                        """
                        UPDATE howdah.journal_statement s SET outcome = 'FAILED', message = 'its process ended'
                          FROM howdah.journal j
                         WHERE j.id = s.journal AND j.runner = ? AND s.outcome = 'RUNNING'
                        """,
                        runner);
            }
            return transaction.query(
                    """
                    SELECT id, database, kind, table_name, makes, adopts, backend_pid, backend_started
                      FROM howdah.journal
                     WHERE cluster = ? AND state NOT IN ('PLANNED', 'RUNNING') AND backend_pid IS NOT NULL
                     ORDER BY id
                    """,
                    row ->
                            new Unfinished(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    Optional.ofNullable(row.getString(4)),
                                    JournalReader.texts(row, "makes"),
                                    JournalReader.texts(row, "adopts"),
                                    row.getInt(7),
                                    row.getTimestamp(8).toInstant()),
                    cluster);
        });
    }

    /** While the repository was away nobody could beat: silence counts from its start on. */
    private List<UUID> gone(Transaction transaction, RunnerProcess self) {
        return transaction
                .query(
                        """
                        SELECT id, host, pid, process_started,
                               (extract(epoch FROM pg_catalog.now() - greatest(heartbeat_at, pg_catalog.pg_postmaster_start_time())) * 1000)::bigint
                          FROM howdah.runner r
                         WHERE id <> ? AND EXISTS (SELECT FROM howdah.journal j
                                                    WHERE j.runner = r.id AND j.state IN ('PLANNED', 'RUNNING'))
                        """,
                        row -> {
                            RunnerProcess other =
                                    new RunnerProcess(
                                            row.getObject(1, UUID.class),
                                            row.getString(2),
                                            row.getLong(3),
                                            row.getTimestamp(4).toInstant());
                            Duration silent = Duration.ofMillis(row.getLong(5));
                            return other.isGone(self.host(), silent)
                                    ? Optional.of(other.id())
                                    : Optional.<UUID>empty();
                        },
                        self.id())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** What an interrupted remedy left has been dealt with; nobody has to look again. */
    void mended(long id, String what) {
        change(
                """
                UPDATE howdah.journal
                   SET reason = reason || '; ' || ?, backend_pid = NULL, backend_started = NULL
                 WHERE id = ?
                """,
                what,
                id);
    }

    /** An interrupted remedy turns out to have done all that it was to do. */
    void finished(long id) {
        change(
                """
                UPDATE howdah.journal o SET state = 'UNDONE', undone_by = u.id
                  FROM howdah.journal u
                 WHERE u.id = ? AND o.id = u.undo_of AND o.undone_by IS NULL
                """,
                id);
        change(
                """
                UPDATE howdah.journal
                   SET state = 'DONE', reason = 'its process ended when all was done', backend_pid = NULL, backend_started = NULL
                 WHERE id = ?
                """,
                id);
    }

    /** Both in one: the undo is done, and what it took back is undone. */
    void undone(long id, long by) {
        change(
                "UPDATE howdah.journal SET state = 'UNDONE', undone_by = ? WHERE id = ? AND undone_by IS NULL",
                by,
                id);
    }

    private void change(String sql, Object... parameters) {
        repository.inTransaction(transaction -> transaction.update(sql, parameters));
    }
}
