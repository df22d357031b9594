package org.howdah.rehearsal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.howdah.advisor.StatementSampler;
import org.howdah.advisor.StatementSamples;
import org.howdah.check.Checks;
import org.howdah.cluster.ClusterReader;
import org.howdah.embedded.Host;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.Approval;
import org.howdah.remedy.GuardLimits;
import org.howdah.remedy.Journal;
import org.howdah.remedy.JournalEntry;
import org.howdah.remedy.JournalFilter;
import org.howdah.remedy.Policy;
import org.howdah.remedy.RemedyRunner;
import org.howdah.remedy.RunnerOptions;
import org.howdah.remedy.Target;
import org.howdah.report.Progress;
import org.howdah.repository.Repository;
import org.howdah.repository.RepositoryOptions;
import org.howdah.upkeep.Diagnosis;
import org.howdah.upkeep.Examiner;
import org.howdah.upkeep.Mending;
import org.howdah.workload.Fault;
import org.howdah.workload.Faults;
import org.howdah.workload.Names;
import org.howdah.workload.Population;
import org.howdah.workload.Workload;

/**
 * The whole story on a cluster of its own: brought into bad shape, measured, diagnosed, mended and
 * measured again. Diagnosis and mending are the very ones of {@code check} and {@code fix}; they
 * are handed connection strings and nothing else.
 */
public final class Tour {
    private static final String JOURNAL_DATABASE = "howdah";
    private static final String CLUSTER = "tour";

    /** Asked once, when the diagnosis is made and before anything is changed. */
    @FunctionalInterface
    public interface Consent {
        boolean mend(Diagnosis diagnosis);
    }

    private final TourOptions options;
    private final Environment environment;
    private final Host host;
    private final Clock clock;
    private final String version;
    private final Ending ending = new Ending();

    public Tour(
            TourOptions options, Environment environment, Host host, Clock clock, String version) {
        this.options = options;
        this.environment = environment;
        this.host = host;
        this.clock = clock;
        this.version = version;
    }

    /**
     * Takes two or three minutes at scale 1 on two processors; runs once.
     *
     * @throws TourDeclined where the consent is not given
     * @throws TourInterrupted after {@link #interrupt()}
     */
    public TourResult run(Progress progress, Consent consent) {
        TourResult result;
        ending.begin();
        try {
            ending.requireNone(options.data(), Optional.empty());
            result = story(progress, consent);
        } catch (TourInterrupted before) {
            throw before;
        } catch (RuntimeException failure) {
            // What a server that was stopped under a statement makes of it is of no interest.
            ending.requireNone(options.data(), Optional.of(failure));
            throw failure;
        } finally {
            ending.over();
        }
        ending.requireNone(options.data(), Optional.empty());
        return result;
    }

    /**
     * Ends a running tour, from any other thread: stops its servers, so that {@link #run} returns
     * soon in whatever phase it is.
     */
    public void interrupt() {
        ending.interrupt();
    }

    private TourResult story(Progress progress, Consent consent) {
        Instant start = clock.instant();
        Names names =
                options.rename().isPresent()
                        ? Names.renamed(options.rename().getAsLong())
                        : Names.original();
        Population population = new Population(options.scale(), options.seed(), start);
        try (TourCluster cluster = TourCluster.start(options, names, population, host)) {
            ending.concerns(cluster);
            cluster.bringIntoBadShape(progress);
            Measuring measuring = new Measuring(cluster, Workload.mcp(), options, clock);
            Observed before = observe(cluster, measuring, progress);
            Examiner examiner =
                    new Examiner(new ClusterReader(SessionOptions.reading("check")), Checks.all());
            Mending mending =
                    new Mending(examiner, CLUSTER, cluster.nodes(), before.samples(), _ -> true);
            Diagnosis diagnosis;
            try (Progress.Step step = progress.step("Diagnosing")) {
                diagnosis = mending.diagnose();
                step.note(diagnosis.findings().size() + " findings");
            }
            if (!consent.mend(diagnosis)) {
                throw new TourDeclined();
            }
            List<JournalEntry> journal = mend(cluster, mending, diagnosis, progress);
            Measurement after =
                    measuring.run(
                            OptionalDouble.of(before.measurement().open().offeredPerSecond()),
                            progress);
            Diagnosis remaining = mending.diagnose();
            return new TourResult(
                    version,
                    start,
                    Duration.between(start, clock.instant()),
                    options.scale(),
                    options.rename(),
                    Faults.usual().stream().map(fault -> describe(fault, names)).toList(),
                    before.measurement(),
                    after,
                    Figures.of(before.measurement(), after),
                    diagnosis.findings(),
                    journal,
                    remaining.findings());
        }
    }

    private static String describe(Fault fault, Names names) {
        return fault.describe(names);
    }

    /** A measurement, and the statements that were seen while it was made. */
    private record Observed(Measurement measurement, StatementSamples samples) {}

    private static Observed observe(TourCluster cluster, Measuring measuring, Progress progress) {
        List<StatementSampler> samplers = new ArrayList<>();
        try {
            cluster.nodes().forEach(node -> samplers.add(StatementSampler.start(node)));
            Measurement measurement = measuring.run(OptionalDouble.empty(), progress);
            StatementSamples samples =
                    samplers.stream()
                            .map(StatementSampler::samples)
                            .reduce(StatementSamples.none(), StatementSamples::and);
            return new Observed(measurement, samples);
        } finally {
            samplers.forEach(StatementSampler::close);
        }
    }

    private List<JournalEntry> mend(
            TourCluster cluster, Mending mending, Diagnosis diagnosis, Progress progress) {
        Dsn journalDsn = journalDatabase(cluster.writer());
        try (Repository repository =
                        Repository.open(RepositoryOptions.at(journalDsn), environment, clock);
                MendingProgress listener = new MendingProgress(progress)) {
            Journal journal = new Journal(repository);
            RemedyRunner runner =
                    new RemedyRunner(
                            new Target(CLUSTER, cluster.writer()),
                            journal,
                            Policy.applyAll(),
                            GuardLimits.defaults(),
                            RunnerOptions.defaults(),
                            RandomGenerator.getDefault());
            mending.apply(diagnosis, runner, Approval.NOBODY, listener, listener);
            return journal.list(JournalFilter.all()).reversed().stream()
                    .map(entry -> journal.get(entry.id()))
                    .toList();
        }
    }

    /** The journal of a tour is kept in its own cluster, so that it goes when the cluster goes. */
    private static Dsn journalDatabase(Dsn writer) {
        try (Session session = Session.open(writer, SessionOptions.changing("rehearsal"))) {
            boolean missing =
                    session.query(
                                    "SELECT 1 FROM pg_catalog.pg_database WHERE datname = ?",
                                    row -> row.getInt(1),
                                    JOURNAL_DATABASE)
                            .isEmpty();
            if (missing) {
                session.execute("CREATE DATABASE " + JOURNAL_DATABASE);
            }
        }
        return writer.withDatabase(JOURNAL_DATABASE);
    }
}
