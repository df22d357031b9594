package org.howdah.app;

import java.util.List;
import java.util.Optional;
import org.howdah.embedded.EmbeddedException;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.report.Style;
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
        String message = String.valueOf(wrong.getMessage());
        print(
                message.lines().findFirst().orElse(message),
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
