package org.howdah.remedy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.postgres.StatementException;
import org.howdah.remedy.GuardReading.Verdict;

/**
 * Makes one change: journal, guards, a lock against other runners, a last look, the statements, the
 * measure afterwards. Whatever happens, the journal says it. Used by the runner's thread.
 */
final class JobRun {
    private static final String ROOM = "remedy";

    private static final int LOOKS_AT_LATE_STATISTICS = 5;
    private static final Duration STATISTICS_PAUSE = Duration.ofMillis(300);

    /**
     * Reading definitions opens tables; a short wait for somebody's lock must not end what took
     * hours. Nobody but who wants a table for himself queues behind such a wait.
     */
    private static final SessionOptions WATCHING =
            SessionOptions.reading(ROOM).withLockTimeout(Duration.ofSeconds(1));

    /** "howd" in ASCII: the first key of the advisory locks that runners hold on users' servers. */
    private static final int LOCK_SPACE = 0x686f_7764;

    private final RunContext context;
    private final Job job;
    private final JournalPen pen;
    private final long began = System.nanoTime();
    private List<GuardReading> readings = List.of();
    private Optional<JournalEntry.Reading> reading = Optional.empty();
    private boolean leftSomething;

    JobRun(RunContext context, Job job) {
        this.context = context;
        this.job = job;
        this.pen =
                new JournalPen(
                        context.journal().repository(),
                        context.journal()
                                .plan(
                                        context.process(),
                                        job.proposal(),
                                        context.target().connections()));
    }

    JobResult run() {
        try {
            Effect effect = guarded();
            return end(effect.state(), effect.reason());
        } catch (RemedyEnded ended) {
            return end(ended.state(), ended.reason());
        } catch (StatementException failure) {
            // Where nothing was begun, a lock that was not free is no failure.
            boolean locked = failure.sqlState().equals("55P03");
            return end(locked ? RemedyState.REFUSED : RemedyState.FAILED, message(failure));
        } catch (HowdahException failure) {
            JobResult result = end(RemedyState.FAILED, message(failure));
            boolean lastingly =
                    failure.exitCode() == ExitCode.CANNOT_CONNECT
                            && !failure.code().equals("connect-no-database");
            if (lastingly) {
                // The next remedy would fare no better.
                throw failure;
            }
            return result;
        } catch (RuntimeException | Error defect) {
            end(RemedyState.FAILED, "a defect of Howdah ended it: " + defect);
            throw defect;
        }
    }

    private JobResult end(RemedyState state, String reason) {
        pen.end(state, reason, leftSomething);
        return new JobResult(
                pen.id(),
                state,
                reason,
                reading,
                readings,
                Duration.ofNanos(System.nanoTime() - began));
    }

    private Effect guarded() {
        var dsn = context.target().of(job.proposal().subject().database());
        try (Session watch = Session.open(dsn, WATCHING)) {
            if (watch.one("SELECT pg_catalog.pg_is_in_recovery()", row -> row.getBoolean(1))) {
                throw refused(dsn + " is a reader; remedies run on the writer");
            }
            Optional<TableFact> table = Job.table(watch, job.relation());
            awaitGuards(watch, table);
            try (Session session = Session.open(dsn, SessionOptions.watched(ROOM))) {
                awaitOtherRunners(session, job.lockName(table));
                return make(session, watch, table);
            }
        }
    }

    private GuardScene scene(Session watch, Optional<TableFact> table, int ownPid) {
        return Job.scene(watch, job.work(), table, ownPid, context.clock());
    }

    private void awaitGuards(Session watch, Optional<TableFact> table) {
        long deadline = System.nanoTime() + context.options().patience().toNanos();
        GuardScene scene = scene(watch, table, 0);
        while (true) {
            readings = context.guards().before(scene);
            List<GuardReading> against = blocking(readings);
            pen.guards(readings.stream().map(GuardReading::toString).toList());
            if (against.isEmpty()) {
                return;
            }
            boolean hopeless = against.stream().anyMatch(seen -> seen.verdict() != Verdict.WAIT);
            awaitTurn(sentences(against), hopeless ? began : deadline);
        }
    }

    /** Other runners of ours, on this machine or another, take turns on an object. */
    private void awaitOtherRunners(Session session, String name) {
        long deadline = System.nanoTime() + context.options().patience().toNanos();
        while (!session.one(
                "SELECT pg_catalog.pg_try_advisory_lock(?, pg_catalog.hashtext(?))",
                row -> row.getBoolean(1),
                LOCK_SPACE,
                name)) {
            awaitTurn("conflict: another remedy is at work on the same " + name, deadline);
        }
    }

    private void awaitTurn(String why, long deadline) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw refused(why);
        }
        context.listener().waiting(why);
        Duration pause = context.options().watchInterval();
        if (context.stop().await(left < pause.toNanos() ? Duration.ofNanos(left) : pause)) {
            throw new RemedyEnded(
                    RemedyState.INTERRUPTED, "stopped before it began; nothing was changed");
        }
    }

    private List<GuardReading> blocking(List<GuardReading> all) {
        return all.stream().filter(seen -> seen.blocks(context.unknownBlocks())).toList();
    }

    private static String sentences(List<GuardReading> readings) {
        return readings.stream().map(GuardReading::toString).collect(Collectors.joining("; "));
    }

    private Effect make(Session session, Session watch, Optional<TableFact> table) {
        Procedure procedure = job.procedure();
        procedure
                .objection(watch)
                .ifPresent(objection -> {
                    throw refused(objection);
                });
        OptionalDouble before = measure(watch);
        pen.undo(procedure.undo(watch));
        Instant started =
                watch.one(
                        "SELECT backend_start FROM pg_catalog.pg_stat_activity WHERE pid = ?",
                        row -> row.getTimestamp(1).toInstant(),
                        session.backendPid());
        pen.begin(session.backendPid(), started, table.map(found -> found.qualifiedName().sql()));
        Conduct conduct =
                new Conduct(
                        context.options(),
                        context.stop(),
                        context.random(),
                        context.listener(),
                        () ->
                                blocking(
                                        context.guards()
                                                .during(
                                                        scene(
                                                                watch,
                                                                table,
                                                                session.backendPid()))));
        Effect effect = perform(procedure, new Statements(session, watch, pen, conduct));
        note(watch, effect, before);
        return effect.state() == RemedyState.DONE ? withoutGain(effect) : effect;
    }

    private Effect perform(Procedure procedure, Statements statements) {
        try {
            return procedure.run(statements);
        } catch (RemedyEnded ended) {
            throw new RemedyEnded(
                    ended.state(), withRest(ended.reason(), clean(procedure, statements)));
        } catch (HowdahException failure) {
            throw new RemedyEnded(
                    RemedyState.FAILED,
                    withRest(
                            Need.explain(failure, job.proposal(), statements.watch().version()),
                            clean(procedure, statements)));
        }
    }

    private Optional<String> clean(Procedure procedure, Statements statements) {
        try {
            statements.clean();
            Optional<String> left = procedure.clean(statements);
            leftSomething = left.isPresent();
            return left;
        } catch (RemedyEnded | HowdahException failure) {
            leftSomething = true;
            return Optional.of("what it left could not be removed: " + failure.getMessage());
        }
    }

    private static String withRest(String reason, Optional<String> left) {
        return left.map(rest -> reason + "; " + rest).orElse(reason);
    }

    private void note(Session watch, Effect effect, OptionalDouble before) {
        reading = effect.reading();
        if (reading.isPresent()) {
            pen.measured(reading.get());
        } else if (job.proposal().aim().isPresent()) {
            Aim aim = job.proposal().aim().get();
            reading = Optional.of(readingAfter(watch, aim, before));
            pen.measured(reading.get());
        }
        if (effect.state() == RemedyState.DONE) {
            pen.state(
                    job.stateQuery(),
                    job.stateQuery().flatMap(query -> ObjectState.read(watch, query)));
        } else {
            pen.undo(new ArrayList<>());
        }
    }

    /** Before PostgreSQL 15, statistics are up to half a second late. */
    private JournalEntry.Reading readingAfter(Session watch, Aim aim, OptionalDouble before) {
        int looks = watch.version().major() < 15 ? LOOKS_AT_LATE_STATISTICS : 1;
        while (true) {
            JournalEntry.Reading seen =
                    new JournalEntry.Reading(aim.measure(), aim.unit(), before, measure(watch));
            if (--looks == 0 || seen.missed(aim.better()).isEmpty()) {
                return seen;
            }
            StopSignal.pause(STATISTICS_PAUSE);
        }
    }

    /** A remedy that ran well and did not help is worth a word. */
    private Effect withoutGain(Effect effect) {
        return job.proposal()
                .aim()
                .flatMap(aim -> reading.flatMap(seen -> seen.missed(aim.better())))
                .map(sentence -> new Effect(effect.state(), sentence, effect.reading()))
                .orElse(effect);
    }

    /**
     * Empty where there is nothing to measure or it cannot be read; a remedy does not fail by it.
     */
    private OptionalDouble measure(Session watch) {
        if (job.proposal().aim().isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            List<Double> values =
                    watch.query(job.proposal().aim().get().sql(), row -> row.getDouble(1));
            return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(values.getFirst());
        } catch (HowdahException unreadable) {
            return OptionalDouble.empty();
        }
    }

    private static RemedyEnded refused(String why) {
        return new RemedyEnded(RemedyState.REFUSED, why);
    }

    private static String message(HowdahException failure) {
        return String.valueOf(failure.getMessage());
    }
}
