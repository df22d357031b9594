package org.howdah.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
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
            return commands(context, arguments).execute(arguments);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    /** The commands by name, each made when it is asked for. */
    private static Map<String, Supplier<Object>> all(Context context) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("check", () -> new CheckCommand(context));
        all.put("fix", () -> new FixCommand(context));
        all.put("journal", () -> new JournalCommand(context));
        all.put("undo", () -> new UndoCommand(context));
        all.put("cluster", () -> ClusterCommand.in(context));
        all.put("config", () -> new ConfigCommand(context));
        all.put("proxy", () -> ProxyCommand.in(context));
        all.put("tour", () -> new TourCommand(context));
        all.put("version", () -> new VersionCommand(context));
        all.put("help", () -> new CommandLine.HelpCommand());
        all.put("warm-up", () -> new WarmUpCommand(context));
        return all;
    }

    /**
     * The program with all commands that this command line may be about: where it begins with the
     * name of one, with that one only, so that the classes of the others are not loaded.
     */
    static CommandLine commands(Context context, String... arguments) {
        CommandLine root = new CommandLine(new HowdahCommand(context.options()));
        Map<String, Supplier<Object>> all = all(context);
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean one = all.containsKey(first) && !first.equals("help");
        all.forEach((name, making) -> {
            if (!one || name.equals(first)) {
                root.addSubcommand(name, making.get());
            }
        });
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
        CommandLine proxy = root.getSubcommands().get("proxy");
        if (proxy != null) {
            // As PgBouncer: -qd is -q -d.
            proxy.setPosixClusteredShortOptionsAllowed(true);
        }
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
