package org.howdah.remedy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementException;

/**
 * Runs the statements of one remedy, each written down before and after. Used by the runner's
 * thread only.
 */
final class Statements {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    private static final int CLEANING_ATTEMPTS = 2;
    private static final Pattern LONG =
            Pattern.compile(
                    "(?is)(CREATE (UNIQUE )?INDEX CONCURRENTLY|DROP INDEX CONCURRENTLY|REINDEX|VACUUM|ANALYZE|ALTER SYSTEM|SELECT)\\b.*");

    /** How VACUUM and ANALYZE say that they skip a table; the second one before 16. */
    private static final Pattern NOT_ALLOWED =
            Pattern.compile("permission denied|only .* can (vacuum|analyze)");

    /** A lock on a table, taken first so that waiting and holding can be told apart. */
    record TableLock(String table, LockMode mode) {
        String sql() {
            return "LOCK TABLE ONLY " + table + " IN " + mode.sql() + " MODE";
        }
    }

    private final Session session;
    private final Session watch;
    private final JournalPen pen;
    private final Conduct conduct;
    private boolean cleaning;

    Statements(Session session, Session watch, JournalPen pen, Conduct conduct) {
        this.session = session;
        this.watch = watch;
        this.pen = pen;
        this.conduct = conduct;
    }

    /** Reads about the object that is changed; not for changes. */
    Session watch() {
        return watch;
    }

    JournalPen pen() {
        return pen;
    }

    RunListener listener() {
        return conduct.listener();
    }

    /** From now on what was begun is taken back: quickly, whether stopped or not. */
    void clean() {
        if (!cleaning) {
            cleaning = true;
            absorbLateCancel();
        }
    }

    /** A cancel may arrive when its statement has just ended; it must not hit the next one. */
    private void absorbLateCancel() {
        try {
            session.query("SELECT 1", row -> row.getInt(1));
        } catch (StatementException late) {
            if (!late.sqlState().equals("57014")) {
                throw late;
            }
        }
    }

    static boolean isLong(String sql) {
        return LONG.matcher(sql).matches();
    }

    int backendPid() {
        return session.backendPid();
    }

    /** Whichever way suits the statement. */
    void run(String sql) {
        if (isLong(sql)) {
            watched(sql);
        } else {
            brief(sql, Optional.empty());
        }
    }

    /**
     * A statement that others may have to queue behind: fresh transactions that wait at most a
     * second for their locks, with growing pauses between them, a bounded number of times.
     */
    void brief(String sql, Optional<TableLock> lock) {
        brief(sql, lock.map(TableLock::mode).orElse(LockMode.NONE), lock, Duration.ZERO);
    }

    /**
     * The same for a statement that ends long work, which would be lost with it: it goes on trying
     * for as long as one may wait for others' transactions.
     *
     * @param mode the strongest lock that the statement takes by itself
     */
    void patiently(String sql, LockMode mode) {
        brief(sql, mode, Optional.empty(), conduct.options().transactionWait());
    }

    /**
     * @param least how long it tries, whatever the number of attempts
     */
    private void brief(String sql, LockMode mode, Optional<TableLock> lock, Duration least) {
        int attempts = cleaning ? CLEANING_ATTEMPTS : conduct.options().attempts();
        long began = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            Optional<String> locked = attempt(sql, mode, lock, attempt);
            if (locked.isEmpty()) {
                return;
            }
            if (attempt >= attempts && (cleaning || since(began).compareTo(least) >= 0)) {
                throw new RemedyEnded(
                        RemedyState.REFUSED,
                        "the lock was not free in %d attempts of %.1f s: %s"
                                .formatted(
                                        attempt,
                                        conduct.options().lockTimeout().toMillis() / 1e3,
                                        blockers(lock).orElse(locked.get())));
            }
            pause(attempt, locked.get());
        }
    }

    private Optional<String> blockers(Optional<TableLock> lock) {
        try {
            return lock.flatMap(wanted -> LockHolders.of(watch, wanted.table()));
        } catch (StatementException unseen) {
            return Optional.empty();
        }
    }

    private void pause(int attempt, String why) {
        conduct.listener().waiting(why);
        Duration doubled =
                conduct.options().backOff().multipliedBy(1L << Math.min(attempt - 1, 20));
        Duration longest = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        long nanos = (long) (longest.toNanos() * (0.5 + conduct.random().nextDouble()));
        if (cleaning) {
            StopSignal.pause(Duration.ofNanos(nanos));
        } else if (conduct.stop().await(Duration.ofNanos(nanos))) {
            throw new RemedyEnded(RemedyState.INTERRUPTED, "stopped while it waited for a lock");
        }
    }

    /** What the server said where a lock was not free in time; empty where it went well. */
    private Optional<String> attempt(
            String sql, LockMode mode, Optional<TableLock> lock, int attempt) {
        refuseWhenStopped();
        int position = pen.statementStarts(sql, attempt, mode, cleaning);
        conduct.listener().statement(sql);
        long began = System.nanoTime();
        long last = began;
        try {
            session.connection().setAutoCommit(false);
            try {
                session.execute(timeouts());
                lock.ifPresent(wanted -> session.execute(wanted.sql()));
                long locked = System.nanoTime();
                last = locked;
                session.execute(sql);
                // A commit may wait for a replica; that must not be cut short.
                session.execute("SET LOCAL statement_timeout = '30s'");
                session.connection().commit();
                pen.statementEnds(
                        position, StatementEnd.done(between(began, locked), since(locked)));
                return Optional.empty();
            } catch (StatementException failure) {
                session.connection().rollback();
                pen.statementEnds(
                        position,
                        StatementEnd.failed(
                                failure.sqlState(), failure.serverMessage(), since(began)));
                if (isLocked(failure, since(last))) {
                    return Optional.of(failure.serverMessage());
                }
                throw failure;
            } finally {
                session.connection().setAutoCommit(true);
            }
        } catch (SQLException broken) {
            pen.statementEnds(
                    position,
                    StatementEnd.failed(
                            String.valueOf(broken.getSQLState()),
                            "the connection was lost; whether it was done is not known",
                            since(began)));
            throw lost(broken);
        }
    }

    /**
     * A statement on a partitioned table locks its partitions one by one, and the lock timeout
     * counts anew for each while the table is closed: all of it must not take much longer than one.
     */
    private Duration longest() {
        return conduct.options().lockTimeout().multipliedBy(5).dividedBy(4);
    }

    private String timeouts() {
        return "SET LOCAL lock_timeout = %d; SET LOCAL statement_timeout = %d"
                .formatted(conduct.options().lockTimeout().toMillis(), longest().toMillis());
    }

    /**
     * No lock in time, not all locks in time, or a deadlock that the server ended at our cost; a
     * cancel that comes sooner is somebody's will.
     */
    private boolean isLocked(StatementException failure, Duration lasted) {
        return switch (failure.sqlState()) {
            case "55P03", "40P01" -> true;
            case "57014" -> lasted.compareTo(longest()) >= 0;
            default -> false;
        };
    }

    /**
     * A statement that may take long and cannot run in a transaction; watched and cancelled when it
     * must end.
     */
    void watched(String sql) {
        watched(sql, () -> {});
    }

    /**
     * @param look what else to look at while it runs, every tenth of a second
     */
    void watched(String sql, Runnable look) {
        watched(
                sql,
                cleaning ? Optional.of(conduct.options().cleaningTime()) : Optional.empty(),
                look);
    }

    /** The server skips tables whose lock is not free: tries again, like {@link #brief}. */
    void watchedUnlessSkipped(String sql) {
        int attempts = conduct.options().attempts();
        for (int attempt = 1; ; attempt++) {
            Optional<String> skipped =
                    watched(sql, Optional.empty(), () -> {}).warnings().stream()
                            .filter(warning -> warning.contains("skipping"))
                            .findFirst();
            if (skipped.isEmpty()) {
                return;
            }
            if (!skipped.get().contains("lock not available")) {
                String reason = "nothing was done: " + skipped.get();
                throw new RemedyEnded(
                        RemedyState.FAILED,
                        NOT_ALLOWED.matcher(skipped.get()).find()
                                ? Need.withHint(reason, Need.maintenance(watch.version()))
                                : reason);
            }
            if (attempt == attempts) {
                throw new RemedyEnded(
                        RemedyState.REFUSED,
                        "the lock was not free in %d attempts: %s"
                                .formatted(attempts, skipped.get()));
            }
            pause(attempt, skipped.get());
        }
    }

    private RunningStatement.End watched(String sql, Optional<Duration> limit, Runnable look) {
        refuseWhenStopped();
        int position = pen.statementStarts(sql, 1, LockMode.SHARE_UPDATE_EXCLUSIVE, cleaning);
        conduct.listener().statement(sql);
        long began = System.nanoTime();
        RunningStatement running = RunningStatement.start(session, sql);
        Watchdog watchdog =
                new Watchdog(
                        conduct, new BackendWatch(watch, session.backendPid()), running, limit);
        Optional<RunningStatement.End> end = await(running);
        while (end.isEmpty()) {
            watchdog.look();
            look.run();
            end = await(running);
        }
        if (end.get().failure().isEmpty()) {
            pen.statementEnds(position, StatementEnd.done(watchdog.waited(), since(began)));
            return end.get();
        }
        throw failed(position, watchdog, sql, end.get().failure().get());
    }

    /** Whoever interrupts the runner's thread wants it to stop. */
    private Optional<RunningStatement.End> await(RunningStatement running) {
        try {
            return running.await(POLL);
        } catch (InterruptedException interrupted) {
            conduct.stop().stop();
            return Optional.empty();
        }
    }

    private RuntimeException failed(
            int position, Watchdog watchdog, String sql, SQLException failure) {
        StatementException explained = session.explain(sql, failure);
        boolean cancelled = explained.sqlState().equals("57014");
        pen.statementEnds(
                position,
                cancelled
                        ? StatementEnd.cancelled(
                                explained.sqlState(), explained.serverMessage(), watchdog.waited())
                        : StatementEnd.failed(
                                explained.sqlState(),
                                explained.serverMessage(),
                                watchdog.waited()));
        return cancelled && watchdog.verdict().isPresent() ? watchdog.verdict().get() : explained;
    }

    private void refuseWhenStopped() {
        if (!cleaning && conduct.stop().isStopped()) {
            throw new RemedyEnded(RemedyState.INTERRUPTED, "stopped before its next statement");
        }
    }

    private static RemedyEnded lost(SQLException broken) {
        return new RemedyEnded(
                RemedyState.FAILED,
                "the connection to the server was lost: " + broken.getMessage());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static Duration between(long from, long to) {
        return Duration.ofNanos(to - from);
    }
}
