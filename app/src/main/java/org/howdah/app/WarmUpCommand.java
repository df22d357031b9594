package org.howdah.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.howdah.postgres.ExitCode;
import picocli.CommandLine.Command;

/** Does a little of everything, so that the launcher can keep the classes that were loaded. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private final Context context;

    WarmUpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Surroundings real = context.surroundings();
        try (PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Surroundings silent =
                    new Surroundings(
                            real.environment(),
                            real.directory(),
                            real.in(),
                            nowhere,
                            nowhere,
                            real.terminal(),
                            real.clock(),
                            real.interruption());
            CommandLineInterface.run(silent, "version", "--json");
            CommandLineInterface.run(silent, "check", "--help");
        }
        return ExitCode.FINE.number();
    }
}
