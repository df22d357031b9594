package org.howdah.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.howdah.postgres.ExitCode;
import org.howdah.rehearsal.Tour;
import org.howdah.rehearsal.TourJson;
import org.howdah.rehearsal.TourOptions;
import org.howdah.rehearsal.TourPage;
import org.howdah.rehearsal.TourResult;
import org.howdah.rehearsal.TourTable;
import org.howdah.report.Progress;
import org.howdah.report.Units;
import org.howdah.upkeep.Diagnosis;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tour",
        description = {
            "See a real cluster in bad shape measured, diagnosed, mended and measured again.",
            "It runs on this machine, on a writer and two readers of its own, for two or three minutes."
        })
final class TourCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--scale",
            paramLabel = "N",
            description = "How much data: 1 for about two million rows (default: 1).")
    private double scale = 1;

    @Option(
            names = "--rename",
            paramLabel = "SEED",
            description = "Give schema, tables and columns random names: nothing knows them.")
    private @Nullable Long rename;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Make the cluster there and leave it running, to look at it afterwards.")
    private @Nullable Path data;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Where the report is written (default: howdah-tour.html).")
    private Path html = Path.of("howdah-tour.html");

    @Option(names = "--yes", description = "Mend without asking.")
    private boolean yes;

    TourCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = context.surroundings();
        ReportFile report = new ReportFile(surroundings.directory().resolve(html));
        report.requireWritable();
        Tour tour =
                new Tour(
                        options(),
                        surroundings.environment(),
                        ClusterCommand.Place.host(context),
                        surroundings.clock(),
                        Version.current());
        Progress progress = Progress.on(context.terminal(), context.err(), surroundings.clock());
        TourResult result;
        try (var _ = surroundings.interruption().during(tour::interrupt)) {
            result = tour.run(progress, this::consent);
        }
        if (context.options().json()) {
            context.out().println(TourJson.render(result));
        } else {
            context.out().println();
            context.out().print(TourTable.render(result, context.terminal()));
            context.out()
                    .printf(Locale.ROOT, "%nThe tour took %s.%n", Units.duration(result.took()));
        }
        // After the figures: a disk that is full by now must not take them away.
        report.write(TourPage.render(result));
        context.err().println("Report: " + report.path().toUri());
        return (result.reached() ? ExitCode.FINE : ExitCode.FINDINGS).number();
    }

    private TourOptions options() {
        TourOptions options = TourOptions.defaults().withScale(scale);
        options = rename == null ? options : options.withRename(rename);
        return data == null
                ? options
                : options.withData(context.surroundings().directory().resolve(data));
    }

    /** Asks on a terminal; elsewhere nobody could answer, and the cluster is the tour's own. */
    private boolean consent(Diagnosis diagnosis) {
        context.err()
                .printf(
                        Locale.ROOT,
                        "%d findings, %d remedies.%n",
                        diagnosis.findings().size(),
                        diagnosis.plan().remedies().size());
        if (yes || !context.terminal().interactive()) {
            return true;
        }
        context.err().print("Mend the cluster? [Y/n] ");
        context.err().flush();
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        // Whoever reads the keyboard cannot be interrupted; the tour can.
        Thread.ofPlatform().name("answer").daemon().start(() -> answer.complete(answer()));
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private boolean answer() {
        Scanner typed = new Scanner(context.surroundings().in(), StandardCharsets.UTF_8);
        return typed.hasNextLine()
                && !typed.nextLine().strip().toLowerCase(Locale.ROOT).startsWith("n");
    }
}
