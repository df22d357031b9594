package org.howdah.app;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.howdah.postgres.ExitCode;
import org.howdah.remedy.Journal;
import org.howdah.remedy.JournalEntry;
import org.howdah.remedy.JournalFilter;
import org.howdah.remedy.RemedyState;
import org.howdah.repository.Repository;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What remedies did: all of them, or one with every statement. */
@Command(
        name = "journal",
        synopsisSubcommandLabel = "[COMMAND]",
        description = "Show what remedies did, the newest first.")
final class JournalCommand implements Callable<Integer> {
    private static final int SHOWN = 50;

    private final Context context;

    JournalCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return list(null, SHOWN, null, null);
    }

    @Command(name = "list", description = "List the entries, the newest first.")
    int list(
            @Option(
                            names = "--cluster",
                            paramLabel = "NAME",
                            description = "Only those of this cluster.")
                    @Nullable String cluster,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "" + SHOWN,
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            split = ",",
                            description =
                                    "Only those in this state, or these: ${COMPLETION-CANDIDATES}.")
                    @Nullable Set<RemedyState> states,
            @Option(
                            names = "--before",
                            paramLabel = "ID",
                            description = "Only entries with a lower number: the next page.")
                    @Nullable Long before) {
        JournalFilter filter =
                JournalFilter.all().withLimit(limit).withStates(states == null ? Set.of() : states);
        if (cluster != null) {
            filter = filter.withCluster(cluster);
        }
        List<JournalEntry> entries = with(before == null ? filter : filter.withBefore(before));
        if (context.options().json()) {
            context.printJson(JournalJson.of(entries));
        } else if (entries.isEmpty()) {
            context.err().println("The journal is empty");
        } else {
            context.out().print(new JournalListing(context.terminal()).list(entries));
        }
        return ExitCode.FINE.number();
    }

    private List<JournalEntry> with(JournalFilter filter) {
        try (Repository repository = context.repository()) {
            return new Journal(repository).list(filter);
        }
    }

    @Command(name = "show", description = "Show one entry with every statement that was run.")
    int show(@Parameters(paramLabel = "ID", description = "The entry's number.") long id) {
        JournalEntry entry;
        try (Repository repository = context.repository()) {
            entry = new Journal(repository).get(id);
        }
        if (context.options().json()) {
            context.printJson(JournalJson.of(entry));
        } else {
            context.out().print(new JournalListing(context.terminal()).show(entry));
        }
        return ExitCode.FINE.number();
    }
}
