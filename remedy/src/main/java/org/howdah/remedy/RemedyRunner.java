package org.howdah.remedy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;

/**
 * The one place that changes a user's server. It runs the remedies of a plan one after the other,
 * in the thread of the caller, as the policy allows and under the guards, and writes all of it into
 * the journal. {@link #stop()} may come from any thread.
 */
public final class RemedyRunner {
    private final Target target;
    private final Journal journal;
    private final Policy policy;
    private final Guards guards;
    private final RunnerOptions options;
    private final RandomGenerator random;
    private final RunnerProcess process = RunnerProcess.current();
    private final StopSignal stop = new StopSignal();
    private final AtomicReference<CountDownLatch> working =
            new AtomicReference<>(new CountDownLatch(0));

    /**
     * @param random for the jitter of repeated attempts
     */
    public RemedyRunner(
            Target target,
            Journal journal,
            Policy policy,
            GuardLimits limits,
            RunnerOptions options,
            RandomGenerator random) {
        this.target = target;
        this.journal = journal;
        this.policy = policy;
        this.guards = new Guards(limits);
        this.options = options;
        this.random = random;
    }

    /**
     * Runs a plan; first it mends what interrupted runs have left on this cluster (not in a dry
     * run). What a remedy fails by does not end the plan; a server that cannot be reached and a
     * journal that cannot be written do.
     *
     * @throws HowdahException where the server or the repository cannot be used
     */
    public RunResult run(RemedyPlan plan, Approval approval, RunListener listener) {
        if (options.dryRun()) {
            return new RunResult(
                    plan.remedies().stream()
                            .map(planned -> RemedyOutcome.notBegun(planned, "dry run"))
                            .toList(),
                    false);
        }
        return working(
                listener,
                context -> {
                    List<RemedyOutcome> outcomes = new ArrayList<>(new Recovery(context).mend());
                    int position = 0;
                    for (PlannedRemedy planned : plan.remedies()) {
                        listener.started(planned, ++position, plan.remedies().size());
                        RemedyOutcome outcome = run(context, planned, approval);
                        outcomes.add(outcome);
                        listener.ended(outcome);
                    }
                    return new RunResult(outcomes, stop.isStopped());
                });
    }

    private RemedyOutcome run(RunContext context, PlannedRemedy planned, Approval approval) {
        if (stop.isStopped()) {
            return RemedyOutcome.notBegun(planned, "stopped before it began");
        }
        Decision decision = policy.decide(planned.remedy());
        Optional<String> allowedBy =
                decision.permission() == Permission.APPLY
                        ? Optional.of(decision.toString())
                        : approval.allow(planned, decision);
        if (allowedBy.isEmpty()) {
            return RemedyOutcome.notBegun(planned, "not allowed: " + decision);
        }
        return new JobRun(context, Job.of(target.cluster(), planned, allowedBy.get()))
                .run()
                .outcome(planned);
    }

    /**
     * What the guards would say to a remedy now; for a dry run.
     *
     * @throws HowdahException where the server cannot be reached
     */
    public List<GuardReading> guards(Remedy remedy) {
        try (Session session =
                Session.open(target.of(remedy.database()), SessionOptions.reading("remedy"))) {
            return guards.before(Job.scene(session, remedy, journal.repository().clock()));
        }
    }

    /**
     * Marks the entries of runners that are gone as interrupted and removes what these have left on
     * this cluster.
     *
     * @return what was removed
     */
    public List<RemedyOutcome> recover(RunListener listener) {
        return working(listener, context -> new Recovery(context).mend());
    }

    /**
     * Takes a remedy back, under the same guards, with an entry of its own.
     *
     * @param by who asked for it
     * @throws HowdahException where there is no such entry, it cannot be undone or was undone
     *     already
     */
    public UndoOutcome undo(long journalId, String by, RunListener listener) {
        JournalEntry entry = journal.get(journalId);
        Undo undo = Undo.of(entry, journal.trace(journalId), target);
        return working(
                listener,
                context -> {
                    JobResult result = new JobRun(context, undo.job(by)).run();
                    if (result.state() == RemedyState.DONE) {
                        journal.undone(journalId, result.journalId());
                    }
                    return new UndoOutcome(
                            journalId, result.journalId(), result.state(), result.reason());
                });
    }

    /**
     * Ends the work soon: the current remedy may end by itself within its grace, else it is
     * cancelled and taken back; the others are not begun. Returns at once; a runner that was
     * stopped stays so.
     */
    public void stop() {
        stop.stop();
    }

    /**
     * Waits until nothing is being run: after {@link #stop()}, before the process ends.
     *
     * @return whether that came about in so long a time
     */
    public boolean awaitIdle(Duration patience) {
        try {
            return working.get().await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T working(RunListener listener, Function<RunContext, T> work) {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch before = working.getAndSet(done);
        if (before.getCount() > 0) {
            working.set(before);
            throw new HowdahException(
                    "runner-busy",
                    "This runner is at work on " + target.cluster() + " already",
                    "Wait until it has ended",
                    ExitCode.FAILED);
        }
        try (Heartbeat _ = Heartbeat.start(journal, process)) {
            return work.apply(context(listener));
        } finally {
            done.countDown();
        }
    }

    private RunContext context(RunListener listener) {
        return new RunContext(
                target,
                journal,
                process,
                guards,
                policy.unknownBlocks(),
                options,
                stop,
                listener,
                random);
    }
}
