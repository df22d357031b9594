package org.howdah.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.howdah.postgres.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands put together, and the one way in which a command ends. */
final class CommandLineInterface {
    private CommandLineInterface() {}

    /** Runs one command line and returns what the process ends with. */
    static int run(Surroundings surroundings, String... arguments) {
        Context context = new Context(surroundings, new GlobalOptions());
        try {
            return commands(context).execute(arguments);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    static CommandLine commands(Context context) {
        CommandLine root = new CommandLine(new HowdahCommand(context.options()));
        root.addSubcommand(new CheckCommand(context));
        root.addSubcommand(new FixCommand(context));
        root.addSubcommand(new JournalCommand(context));
        root.addSubcommand(new UndoCommand(context));
        root.addSubcommand(ClusterCommand.in(context));
        root.addSubcommand(new ConfigCommand(context));
        CommandLine proxy = ProxyCommand.in(context);
        root.addSubcommand(proxy);
        root.addSubcommand(new TourCommand(context));
        root.addSubcommand(new VersionCommand(context));
        root.addSubcommand(new CommandLine.HelpCommand());
        root.addSubcommand(new WarmUpCommand(context));
        Surroundings surroundings = context.surroundings();
        ErrorReport errors = new ErrorReport(context);
        root.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        root.setParameterExceptionHandler(errors::usage);
        root.setExecutionExceptionHandler((failure, _, _) -> errors.failure(failure));
        root.setExecutionStrategy(parsed -> {
            if (context.options().debug()) {
                Logging.debug();
            }
            return new CommandLine.RunLast().execute(parsed);
        });
        root.setExitCodeExceptionMapper(_ -> ExitCode.FAILED.number());
        root.setColorScheme(
                CommandLine.Help.defaultColorScheme(
                        surroundings.terminal().colors()
                                ? CommandLine.Help.Ansi.ON
                                : CommandLine.Help.Ansi.OFF));
        root.registerConverter(ByteSize.class, text -> converted(text, ByteSize::parse));
        root.registerConverter(Duration.class, text -> converted(text, PlainDuration::parse));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpWidth(Math.min(100, Math.max(80, surroundings.terminal().width())));
        root.setAbbreviatedSubcommandsAllowed(false);
        root.setPosixClusteredShortOptionsAllowed(false);
        // As PgBouncer: -qd is -q -d.
        proxy.setPosixClusteredShortOptionsAllowed(true);
        root.getSubcommands().values().forEach(CommandLineInterface::describe);
        return root;
    }

    private static <T> T converted(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.TypeConversionException(wrong.getMessage());
        }
    }

    /** The same help option and order everywhere. */
    private static void describe(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.usageMessage().sortOptions(false).abbreviateSynopsis(true);
        if (spec.findOption("--help") == null) {
            spec.addOption(
                    CommandLine.Model.OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help.")
                            .build());
        }
        command.getSubcommands().values().forEach(CommandLineInterface::describe);
    }
}
