package org.howdah.remedy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.howdah.repository.Repository;
import org.howdah.repository.RepositoryException;
import org.howdah.repository.Transaction;

/**
 * Writes one entry of the journal while its remedy runs. Nothing new is begun on the user's server
 * that cannot be written down first; what has happened already is kept here and written as soon as
 * the repository answers again; each change can be written twice, since a commit may succeed
 * without our hearing of it.
 *
 * <p>Used by the runner's thread only.
 */
final class JournalPen {
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Repository repository;
    private final long id;
    private final Deque<Consumer<Transaction>> unwritten = new ArrayDeque<>();
    private int statements;

    JournalPen(Repository repository, long id) {
        this.repository = repository;
        this.id = id;
    }

    long id() {
        return id;
    }

    Instant now() {
        return repository.clock().instant();
    }

    void guards(List<String> sentences) {
        now(transaction -> transaction.update(set("guards = ?"), sentences, id));
    }

    /**
     * @param table the table that it concerns, quoted
     */
    void begin(int backendPid, Instant backendStarted, Optional<String> table) {
        now(transaction ->
                transaction.update(
                        set(
                                "state = 'RUNNING', started_at = ?, backend_pid = ?, backend_started = ?, table_name = ?"),
                        now(),
                        backendPid,
                        backendStarted,
                        table,
                        id));
    }

    /** Notes a relation before it is made, so that it is found should we be interrupted. */
    void makes(String relation) {
        now(transaction ->
                transaction.update(set("makes = pg_catalog.array_append(makes, ?)"), relation, id));
    }

    /** It could not be made: one of that name is somebody else's. */
    void makesNot(String relation) {
        later(transaction ->
                transaction.update(set("makes = pg_catalog.array_remove(makes, ?)"), relation, id));
    }

    /** It is there, or begins to be, under this oid. */
    void made(String relation, long oid) {
        String known = new MadeName(relation, OptionalLong.of(oid)).toString();
        later(transaction ->
                transaction.update(
                        set("makes = pg_catalog.array_replace(makes, ?, ?)"), relation, known, id));
    }

    /**
     * Notes before it is done that relations which are not ours become part of what we made.
     *
     * @param undo what takes it back then
     */
    void adopts(List<String> relations, List<String> undo) {
        now(transaction -> transaction.update(set("adopts = ?, undo = ?"), relations, undo, id));
    }

    void undo(List<String> statements) {
        List<String> masked = statements.stream().map(SecretMask::mask).toList();
        now(transaction -> transaction.update(set("undo = ?"), masked, id));
    }

    void measured(JournalEntry.Reading reading) {
        later(transaction ->
                transaction.update(
                        set("aim_measure = ?, aim_unit = ?, aim_before = ?, aim_after = ?"),
                        reading.measure(),
                        reading.unit(),
                        reading.before(),
                        reading.after(),
                        id));
    }

    void state(Optional<String> query, Optional<String> after) {
        later(transaction ->
                transaction.update(set("state_query = ?, state_after = ?"), query, after, id));
    }

    /** The statement's position. */
    int statementStarts(String sql, int attempt, LockMode mode, boolean cleaning) {
        int position = ++statements;
        Instant started = now();
        Consumer<Transaction> row =
                transaction ->
                        transaction.update(
                                """
                                INSERT INTO howdah.journal_statement (journal, position, statement, attempt, lock_mode, started_at, outcome)
                                VALUES (?, ?, ?, ?, ?, ?, 'RUNNING')
                                ON CONFLICT DO NOTHING
                                """,
                                id,
                                position,
                                SecretMask.mask(sql),
                                attempt,
                                mode,
                                started);
        if (cleaning) {
            later(row);
        } else {
            now(row);
        }
        return position;
    }

    void statementEnds(int position, StatementEnd end) {
        Instant ended = now();
        later(transaction ->
                transaction.update(
                        """
                        UPDATE howdah.journal_statement
                           SET ended_at = ?, outcome = ?, sqlstate = ?, message = ?, waited_ms = ?, held_ms = ?
                         WHERE journal = ? AND position = ?
                        """,
                        ended,
                        end.outcome(),
                        end.sqlState(),
                        SecretMask.mask(end.message()),
                        end.waited().toMillis(),
                        end.held().toMillis(),
                        id,
                        position));
    }

    /**
     * Ends the entry; waits a while for a repository that is away.
     *
     * @param recover whether something is left that the next start has to look for
     */
    void end(RemedyState state, String reason, boolean recover) {
        Instant ended = now();
        unwritten.add(transaction ->
                transaction.update(
                        set(
                                recover
                                        ? "state = ?, reason = ?, ended_at = ?"
                                        : "state = ?, reason = ?, ended_at = ?, backend_pid = NULL, backend_started = NULL"),
                        state,
                        SecretMask.mask(reason),
                        ended,
                        id));
        long deadline = System.nanoTime() + LAST_PATIENCE.toNanos();
        while (true) {
            try {
                write();
                return;
            } catch (RepositoryException failure) {
                if (!failure.passing() || System.nanoTime() > deadline) {
                    throw failure;
                }
                StopSignal.pause(PAUSE);
            }
        }
    }

    private static String set(String assignments) {
        return "UPDATE howdah.journal SET " + assignments + " WHERE id = ?";
    }

    private void now(Consumer<Transaction> change) {
        unwritten.add(change);
        try {
            write();
        } catch (RepositoryException failure) {
            unwritten.removeLast();
            throw failure;
        }
    }

    private void later(Consumer<Transaction> change) {
        unwritten.add(change);
        try {
            write();
        } catch (RepositoryException failure) {
            if (!failure.passing()) {
                throw failure;
            }
        }
    }

    private void write() {
        repository.inTransaction(transaction -> {
            unwritten.forEach(change -> change.accept(transaction));
            return unwritten.size();
        });
        unwritten.clear();
    }
}
