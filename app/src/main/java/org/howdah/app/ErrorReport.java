package org.howdah.app;

import java.util.List;
import java.util.Optional;
import org.howdah.embedded.EmbeddedException;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.report.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a person what went wrong: one sentence, one hint; a stack trace only when asked for. */
final class ErrorReport {
    private final Context context;

    ErrorReport(Context context) {
        this.context = context;
    }

    /** The command line itself is wrong. */
    int usage(ParameterException wrong, String[] arguments) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        List<String> suggestions =
                wrong instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        print(
                sentence(wrong),
                suggestions.isEmpty()
                        ? "See: " + command + " --help"
                        : "Did you mean \""
                                + suggestions.getFirst()
                                + "\"? See: "
                                + command
                                + " --help",
                wrong);
        return ExitCode.USAGE.number();
    }

    private static String sentence(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String argument = "\"" + unmatched.getUnmatched().getFirst() + "\"";
            CommandSpec command = wrong.getCommandLine().getCommandSpec();
            if (command.subcommands().isEmpty()) {
                return "The command " + command.qualifiedName() + " has no use for " + argument;
            }
            return "There is no command "
                    + argument
                    + (command.parent() == null ? "" : " in " + command.qualifiedName());
        }
        String message = String.valueOf(wrong.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    /** The command failed. */
    int failure(Throwable failure) {
        Optional<Explained> explained = Explained.of(failure);
        explained.ifPresentOrElse(
                known -> print(known.sentence(), known.hint(), failure),
                () ->
                        print(
                                "Something went wrong inside Howdah: " + failure,
                                "This is a bug; please report it with the output of --debug",
                                failure));
        return explained.map(Explained::exitCode).orElse(ExitCode.FAILED).number();
    }

    private void print(String sentence, String hint, Throwable failure) {
        var terminal = context.terminal();
        context.err().println(terminal.paint(Style.CRITICAL, "howdah: ") + sentence);
        context.err().println(terminal.paint(Style.STRONG, "Hint: ") + hint);
        if (context.options().debug()) {
            failure.printStackTrace(context.err());
        }
    }

    /** A failure that says itself what is wrong and what to do. */
    private record Explained(String sentence, String hint, ExitCode exitCode) {
        static Optional<Explained> of(Throwable failure) {
            return switch (failure) {
                case HowdahException known ->
                        Optional.of(
                                new Explained(
                                        String.valueOf(known.getMessage()),
                                        known.hint(),
                                        known.exitCode()));
                case EmbeddedException known ->
                        Optional.of(
                                new Explained(
                                        String.valueOf(known.getMessage()),
                                        known.hint(),
                                        known.usage() ? ExitCode.USAGE : ExitCode.FAILED));
                default -> Optional.empty();
            };
        }
    }
}
