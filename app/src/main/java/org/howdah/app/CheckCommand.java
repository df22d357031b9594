package org.howdah.app;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.check.Check;
import org.howdah.check.Checks;
import org.howdah.check.Checkup;
import org.howdah.cluster.ClusterFacts;
import org.howdah.cluster.ClusterReader;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.Hardware;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.Severity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Find what is wrong with a cluster; nothing on it is changed.",
            "Several DSNs are the nodes of one cluster. Without one, the clusters of the",
            "configuration file are checked, or else what PGHOST and the like say."
        })
final class CheckCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "0..*", paramLabel = "DSN", description = "The nodes of a cluster.")
    private List<String> nodes = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description =
                    "End with 1 where a finding is notice, warning or critical (default: warning).")
    private Severity failOn = Severity.WARNING;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ID",
            description = "Make only these checks.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--skip",
            split = ",",
            paramLabel = "ID",
            description = "Leave these checks out.")
    private List<String> skip = new ArrayList<>();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "The memory of the server's machine, such as 64GB.")
    private @Nullable ByteSize memory;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            description = "The processors of the server's machine.")
    private @Nullable Integer cpus;

    @Option(names = "--all", description = "Show all findings of each check, not the first ten.")
    private boolean all;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a report as one HTML file, too.")
    private @Nullable Path html;

    @Option(names = "--list", description = "List the checks.")
    private boolean list;

    @Option(
            names = "--explain",
            paramLabel = "ID",
            description = "Show what a check looks at, why, and what to do.")
    private @Nullable String explain;

    CheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<String> known = Checks.all().stream().map(Check::id).toList();
        if (list) {
            known.forEach(context.out()::println);
            return ExitCode.FINE.number();
        } else if (explain != null) {
            List<String> explained =
                    Stream.concat(known.stream(), CheckPages.ADVICE.stream()).toList();
            CheckPages.requireKnown(explain, explained);
            context.out().print(CheckPages.page(explain));
            return ExitCode.FINE.number();
        }
        List<Check> checks = selected(known);
        Optional<ReportFile> report = report();
        report.ifPresent(ReportFile::requireWritable);
        Hardware given = given();
        List<Targets.Named> clusters = new Targets(context).clusters(nodes);
        Examinations examinations =
                clusters.size() == 1
                        ? Examinations.of(
                                List.of(examine(clusters.getFirst().target(), given, checks)))
                        : eachByItself(clusters, given, checks);
        print(examinations, report);
        return examinations.exitCode(failOn).number();
    }

    private Optional<ReportFile> report() {
        return Optional.ofNullable(html)
                .map(file -> new ReportFile(context.surroundings().directory().resolve(file)));
    }

    /** One cluster that cannot be read does not keep the others from being examined. */
    private Examinations eachByItself(
            List<Targets.Named> clusters, Hardware given, List<Check> checks) {
        List<Examination> made = new ArrayList<>();
        List<Examinations.Failed> failed = new ArrayList<>();
        for (Targets.Named cluster : clusters) {
            try {
                made.add(examine(cluster.target(), given, checks));
            } catch (HowdahException failure) {
                failed.add(new Examinations.Failed(cluster.name(), failure));
            }
        }
        return new Examinations(made, failed);
    }

    private List<Check> selected(List<String> known) {
        only.forEach(id -> CheckPages.requireKnown(id, known));
        skip.forEach(id -> CheckPages.requireKnown(id, known));
        return Checks.all().stream()
                .filter(check -> only.isEmpty() || only.contains(check.id()))
                .filter(check -> !skip.contains(check.id()))
                .toList();
    }

    private Examination examine(Targets.Target target, Hardware given, List<Check> checks) {
        Instant begin = context.surroundings().clock().instant();
        Hardware hardware = given.or(target.hardware());
        ClusterFacts facts =
                new ClusterReader(SessionOptions.reading("check"), hardware)
                        .read(target.name(), target.nodes());
        Checkup checkup = Checkup.of(facts, checks);
        Instant end = context.surroundings().clock().instant();
        return new Examination(checkup, end, Duration.between(begin, end));
    }

    private Hardware given() {
        if (cpus != null && cpus < 1) {
            throw new HowdahException(
                    "check-processors",
                    "A machine cannot have " + cpus + " processors",
                    "Give --cpus the number of processors, 1 or more, or leave it out",
                    ExitCode.USAGE);
        }
        return Hardware.given(
                memory == null ? OptionalLong.empty() : OptionalLong.of(memory.bytes()),
                cpus == null ? OptionalInt.empty() : OptionalInt.of(cpus));
    }

    private void print(Examinations examinations, Optional<ReportFile> report) {
        report.ifPresent(file -> {
            file.write(CheckPage.of(examinations));
            context.err().println("Report: " + file.path().toUri());
        });
        if (context.options().json()) {
            context.printJson(CheckJson.of(examinations));
            return;
        }
        CheckListing listing = new CheckListing(context.terminal(), all);
        context.out()
                .print(
                        Stream.concat(
                                        examinations.made().stream().map(listing::render),
                                        examinations.failed().stream().map(listing::render))
                                .collect(Collectors.joining("\n")));
    }
}
