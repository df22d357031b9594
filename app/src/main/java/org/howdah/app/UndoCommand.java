package org.howdah.app;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.howdah.postgres.ExitCode;
import org.howdah.remedy.Journal;
import org.howdah.remedy.JournalEntry;
import org.howdah.remedy.RemedyRunner;
import org.howdah.remedy.RemedyState;
import org.howdah.remedy.RunListener;
import org.howdah.remedy.RunnerOptions;
import org.howdah.remedy.Target;
import org.howdah.remedy.UndoOutcome;
import org.howdah.repository.Repository;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "undo",
        description = {
            "Take a remedy back, with an entry of its own in the journal.",
            "Without a DSN the cluster is found by its name in the configuration file, or else",
            "reached as it was when the remedy was made; passwords are never kept."
        })
final class UndoCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "ID", description = "The entry of the journal.")
    private long id;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DSN", description = "The cluster.")
    private @Nullable String dsn;

    @Option(names = "--dry-run", description = "Show the statements, run nothing.")
    private boolean dryRun;

    UndoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Configuration configuration = context.configuration();
        ConfiguredLimits limits = new ConfiguredLimits(configuration);
        try (Repository repository = context.repository()) {
            Journal journal = new Journal(repository);
            JournalEntry entry = journal.get(id);
            if (dryRun) {
                entry.undo().forEach(statement -> context.out().println(statement + ";"));
                return ExitCode.FINE.number();
            }
            Targets.Target named = new Targets(context).one(where(configuration, entry));
            RemedyRunner runner =
                    new RemedyRunner(
                            new Target(entry.cluster(), Writer.among(named.nodes()), named.nodes()),
                            journal,
                            limits.policy(),
                            limits.limits(),
                            RunnerOptions.defaults(),
                            RandomGenerator.getDefault());
            try (var _ = context.surroundings().interruption().during(runner::stop)) {
                return report(
                        runner.undo(
                                id,
                                context.surroundings().environment().user(),
                                RunListener.SILENT));
            }
        }
    }

    /** As the configuration file has the cluster now, or else as it was reached then. */
    private List<String> where(Configuration configuration, JournalEntry entry) {
        if (dsn != null) {
            return List.of(dsn);
        }
        boolean configured =
                configuration.clusters().stream()
                        .anyMatch(cluster -> cluster.name().equals(entry.cluster()));
        return configured || entry.connections().isEmpty()
                ? List.of(entry.cluster())
                : entry.connections();
    }

    private int report(UndoOutcome outcome) {
        if (context.options().json()) {
            var json = JsonMapper.shared().createObjectNode();
            json.put("undone", outcome.undone());
            json.put("entry", outcome.journalId());
            json.put("state", Words.lower(outcome.state()));
            json.put("reason", outcome.reason());
            context.printJson(json);
        } else if (outcome.state() == RemedyState.DONE) {
            context.out()
                    .println(
                            "Entry %d is taken back by entry %d"
                                    .formatted(outcome.undone(), outcome.journalId()));
        } else {
            context.err()
                    .println(
                            "howdah: entry %d was not taken back (%s): %s"
                                    .formatted(
                                            outcome.undone(),
                                            Words.lower(outcome.state()),
                                            outcome.reason()));
            context.err().println("Hint: howdah journal show " + outcome.journalId());
        }
        return outcome.exitCode().number();
    }
}
