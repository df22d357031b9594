package org.howdah.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.howdah.advisor.StatementSampler;
import org.howdah.advisor.StatementSamples;
import org.howdah.check.Checks;
import org.howdah.cluster.ClusterReader;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.NearestName;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.Journal;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.RemedyOutcome;
import org.howdah.remedy.RemedyRunner;
import org.howdah.remedy.RunResult;
import org.howdah.remedy.RunnerOptions;
import org.howdah.remedy.Target;
import org.howdah.report.Progress;
import org.howdah.repository.Repository;
import org.howdah.upkeep.Diagnosis;
import org.howdah.upkeep.Examiner;
import org.howdah.upkeep.Mended;
import org.howdah.upkeep.Mending;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fix",
        description = {
            "Show what would mend a cluster: the SQL with its lock, its cost and its undo.",
            "Nothing is changed without --apply; what it does then is in the journal."
        })
final class FixCommand implements Callable<Integer> {
    static final List<String> KINDS =
            List.of(
                    "vacuum",
                    "analyze",
                    "table-options",
                    "create-index",
                    "drop-index",
                    "reindex",
                    "setting",
                    "by-hand");

    private final Context context;

    @Parameters(arity = "0..*", paramLabel = "DSN", description = "The nodes of the cluster.")
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = "--apply",
            description = "Run the remedies that the policy, or you when asked, allow.")
    private boolean apply;

    @Option(names = "--dry-run", description = "Change nothing: the default.")
    private boolean dryRun;

    @Option(
            names = "--yes",
            description = "Do not ask: yes to every remedy that would be asked for.")
    private boolean yes;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "KIND",
            description =
                    "Only remedies of these kinds: vacuum, analyze, table-options, create-index,"
                            + " drop-index, reindex, setting.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--sample",
            paramLabel = "DURATION",
            description =
                    "Look at the running statements for so long first, such as 30s: their constants"
                            + " make better advice.")
    private @Nullable Duration sample;

    FixCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        refuseNonsense();
        Targets.Target target = new Targets(context).one(nodes);
        Dsn writer = Writer.among(target.nodes());
        Progress progress = progress();
        Mending mending = mending(target, writer, progress);
        Diagnosis diagnosis = diagnose(mending, progress);
        if (!apply) {
            show(target, diagnosis);
            return ExitCode.FINE.number();
        }
        return apply(target, writer, mending, diagnosis, progress);
    }

    private void refuseNonsense() {
        if (apply && dryRun) {
            throw new HowdahException(
                    "fix-contradiction",
                    "--apply and --dry-run contradict each other",
                    "Leave one of them out",
                    ExitCode.USAGE);
        }
        for (String kind : only) {
            if (!KINDS.contains(kind)) {
                throw new HowdahException(
                        "fix-unknown-kind",
                        "There is no kind of remedy \"" + kind + "\"",
                        NearestName.of(kind, KINDS)
                                .map(nearest -> "Did you mean \"" + nearest + "\"?")
                                .orElse("Choose from: " + String.join(", ", KINDS)),
                        ExitCode.USAGE);
            }
        }
    }

    private Progress progress() {
        return context.options().json()
                ? Progress.none()
                : Progress.on(context.terminal(), context.err(), context.surroundings().clock());
    }

    private boolean wanted(Remedy remedy) {
        return only.isEmpty() || only.contains(remedy.kind());
    }

    private Mending mending(Targets.Target target, Dsn writer, Progress progress)
            throws InterruptedException {
        Examiner examiner =
                new Examiner(
                        new ClusterReader(SessionOptions.reading("fix"), target.hardware()),
                        Checks.all());
        return new Mending(
                examiner,
                target.name(),
                target.nodes(),
                samples(target.nodes(), writer, progress),
                this::wanted);
    }

    private StatementSamples samples(List<Dsn> all, Dsn writer, Progress progress)
            throws InterruptedException {
        if (sample == null) {
            try (Session session = Session.open(writer, SessionOptions.reading("fix"))) {
                return StatementSamples.read(session);
            }
        }
        List<StatementSampler> samplers = new ArrayList<>();
        try (Progress.Step _ = progress.step("Looking at statements")) {
            for (Dsn node : all) {
                samplers.add(StatementSampler.start(node));
            }
            // Nothing to wait for but time itself.
            new CountDownLatch(1).await(sample.toMillis(), TimeUnit.MILLISECONDS);
            return samplers.stream()
                    .map(StatementSampler::samples)
                    .reduce(StatementSamples.none(), StatementSamples::and);
        } finally {
            samplers.forEach(StatementSampler::close);
        }
    }

    private static Diagnosis diagnose(Mending mending, Progress progress) {
        try (Progress.Step step = progress.step("Diagnosing")) {
            Diagnosis diagnosis = mending.diagnose();
            step.note(Words.plural(diagnosis.findings().size(), "finding"));
            return diagnosis;
        }
    }

    private void show(Targets.Target target, Diagnosis diagnosis) {
        ConfiguredLimits limits = new ConfiguredLimits(context.configuration());
        FixPlan plan = FixPlan.of(diagnosis, this::wanted, limits.policy());
        if (context.options().json()) {
            context.printJson(FixJson.plan(target.name(), plan));
        } else {
            context.out().print(new FixListing(context.terminal()).render(plan));
        }
    }

    private int apply(
            Targets.Target target,
            Dsn writer,
            Mending mending,
            Diagnosis diagnosis,
            Progress progress) {
        Configuration configuration = context.configuration();
        ConfiguredLimits limits = new ConfiguredLimits(configuration);
        FixConsent consent = new FixConsent(context, configuration, yes);
        consent.requireSomebodyOrPolicy(FixPlan.of(diagnosis, this::wanted, limits.policy()));
        // Registered first: the journal is closed before the process may end.
        try (var _ = consent.interruptibly();
                Repository repository = context.repository()) {
            RemedyRunner runner =
                    new RemedyRunner(
                            new Target(target.name(), writer, target.nodes()),
                            new Journal(repository),
                            limits.policy(),
                            limits.limits(),
                            RunnerOptions.defaults(),
                            RandomGenerator.getDefault());
            consent.runs(runner);
            FixProgress listener = new FixProgress(progress);
            // What an interrupted run left goes first, and is then no finding any more.
            List<RemedyOutcome> recovered = runner.recover(listener);
            Diagnosis first = recovered.isEmpty() ? diagnosis : diagnose(mending, progress);
            Mended mended = mending.apply(first, runner, consent, listener, listener);
            report(target, withRecovered(recovered, mended));
            return mended.exitCode().number();
        }
    }

    private static Mended withRecovered(List<RemedyOutcome> recovered, Mended mended) {
        List<RunResult> runs = new ArrayList<>(mended.runs());
        if (!recovered.isEmpty()) {
            runs.addFirst(new RunResult(recovered, false));
        }
        return new Mended(mended.first(), runs);
    }

    private void report(Targets.Target target, Mended mended) {
        if (context.options().json()) {
            context.printJson(FixJson.outcome(target.name(), mended));
        } else {
            context.out().print(new FixListing(context.terminal()).outcome(mended));
        }
    }
}
