package org.howdah.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
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
            CheckPages.requireKnown(explain, known);
            context.out().print(CheckPages.page(explain));
            return ExitCode.FINE.number();
        }
        List<Check> checks = selected(known);
        List<Examination> examinations =
                new Targets(context)
                        .clusters(nodes).stream().map(target -> examine(target, checks)).toList();
        print(examinations);
        boolean found = examinations.stream().anyMatch(one -> one.hasAtLeast(failOn));
        return (found ? ExitCode.FINDINGS : ExitCode.FINE).number();
    }

    private List<Check> selected(List<String> known) {
        only.forEach(id -> CheckPages.requireKnown(id, known));
        skip.forEach(id -> CheckPages.requireKnown(id, known));
        return Checks.all().stream()
                .filter(check -> only.isEmpty() || only.contains(check.id()))
                .filter(check -> !skip.contains(check.id()))
                .toList();
    }

    private Examination examine(Targets.Target target, List<Check> checks) {
        Instant begin = context.surroundings().clock().instant();
        Hardware given = given().or(target.hardware());
        ClusterFacts facts =
                new ClusterReader(SessionOptions.reading("check"), given)
                        .read(target.name(), target.nodes());
        Checkup checkup = Checkup.of(facts, checks);
        Instant end = context.surroundings().clock().instant();
        return new Examination(checkup, end, Duration.between(begin, end));
    }

    private Hardware given() {
        return Hardware.given(
                memory == null ? OptionalLong.empty() : OptionalLong.of(memory.bytes()),
                cpus == null ? OptionalInt.empty() : OptionalInt.of(cpus));
    }

    private void print(List<Examination> examinations) {
        if (html != null) {
            write(context.surroundings().directory().resolve(html), CheckPage.of(examinations));
        }
        if (context.options().json()) {
            context.printJson(CheckJson.of(examinations));
            return;
        }
        CheckListing listing = new CheckListing(context.terminal(), all);
        examinations.forEach(examination -> context.out().print(listing.render(examination)));
    }

    private void write(Path file, String page) {
        try {
            Files.writeString(file, page, StandardCharsets.UTF_8);
            context.err().println("Report: " + file.toUri());
        } catch (IOException failure) {
            throw new HowdahException(
                    "report-not-written",
                    "The report cannot be written to " + file,
                    "Choose a directory that exists and is writable",
                    ExitCode.FAILED,
                    failure);
        }
    }
}
