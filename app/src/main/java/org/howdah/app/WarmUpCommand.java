package org.howdah.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.howdah.embedded.EmbeddedException;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.ExitCode;
import picocli.CommandLine.Command;

/**
 * Does a little of what commands do, so that the launcher can keep the classes that were loaded;
 * unpacks the embedded server on the way.
 */
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
            CommandLineInterface.run(silent, "config", "example");
            ConfigurationFile.parse(ConfigCommand.example(), "example");
            try (TestServer server = TestServer.start()) {
                CommandLineInterface.run(silent, "check", server.dsn());
                CommandLineInterface.run(silent, "check", "--json", server.dsn());
                CommandLineInterface.run(silent, "fix", server.dsn());
            } catch (EmbeddedException noServerHere) {
                // Only slower then: whoever starts a cluster hears why it cannot be.
                real.err().println(noServerHere.getMessage());
            }
        }
        return ExitCode.FINE.number();
    }
}
