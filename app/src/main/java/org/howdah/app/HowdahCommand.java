package org.howdah.app;

import java.util.concurrent.Callable;
import org.howdah.postgres.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program itself: without a command it says what there is. */
@Command(
        name = "howdah",
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs PostgreSQL at very large scale for the people who are on call for it.",
        footer = {
            "",
            "A DSN is what psql takes: postgresql://user@host:5432/database, host=... dbname=...,",
            "a service= or nothing at all (PGHOST and the other variables, ~/.pgpass).",
            "",
            "Exit codes: 0 fine, 1 findings at or above --fail-on, 2 usage, 3 cannot connect,",
            "4 refused by a guard, 5 failed and rolled back (so also where Ctrl-C stops a remedy),",
            "130 ended by Ctrl-C while nothing was being changed."
        })
final class HowdahCommand implements Callable<Integer> {
    @Mixin private final GlobalOptions options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--version", description = "Show the version.")
    private boolean version;

    @Spec private CommandSpec spec = CommandSpec.create();

    HowdahCommand(GlobalOptions options) {
        this.options = options;
    }

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        if (version) {
            line.getOut().println("howdah " + Version.current());
            return ExitCode.FINE.number();
        }
        line.usage(help || options.json() ? line.getOut() : line.getErr());
        return ExitCode.USAGE.number();
    }
}
