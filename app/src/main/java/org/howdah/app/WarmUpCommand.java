package org.howdah.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.howdah.embedded.EmbeddedException;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Does a little of what commands do, so that the launcher can keep the classes that were loaded;
 * unpacks the embedded server on the way.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "0..1", description = "proxy: only what the proxy needs.")
    private String what = "";

    WarmUpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (what.equals("proxy")) {
            return proxy();
        }
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

    /** Starts a proxy that is told to end as soon as it can be. */
    private int proxy() throws IOException {
        Path directory = Files.createTempDirectory("howdah-warm-up");
        try {
            Path file = directory.resolve("pgbouncer.ini");
            Files.writeString(
                    file,
                    """
                    [databases]
                    * = host=127.0.0.1
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = 0
                    unix_socket_dir =
                    auth_type = any
                    """);
            Surroundings real = context.surroundings();
            Surroundings ending =
                    new Surroundings(
                            real.environment(),
                            directory,
                            real.in(),
                            real.out(),
                            real.err(),
                            real.terminal(),
                            real.clock(),
                            new EndsAtOnce());
            return CommandLineInterface.run(ending, "proxy", "-q", file.toString());
        } finally {
            Files.deleteIfExists(directory.resolve("pgbouncer.ini"));
            Files.deleteIfExists(directory);
        }
    }

    /** Sends SIGINT to whoever wants to hear of it. */
    private static final class EndsAtOnce implements Interruption {
        @Override
        public Registration during(BooleanSupplier stop) {
            return () -> {};
        }

        @Override
        public Registration on(String signal, Runnable action) {
            if (signal.equals("INT")) {
                Thread.startVirtualThread(action);
            }
            return () -> {};
        }
    }
}
