package org.howdah.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.howdah.embedded.Host;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** PostgreSQL on this machine: a writer and its readers, out of the box. */
@Command(
        name = "cluster",
        synopsisSubcommandLabel = "COMMAND",
        description = "Run a PostgreSQL cluster on this machine: a writer and its readers.")
final class ClusterCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    static CommandLine in(Context context) {
        CommandLine line = new CommandLine(new ClusterCommand());
        line.addSubcommand(new ClusterStartCommand(context));
        line.addSubcommand(new ClusterStatusCommand(context));
        line.addSubcommand(new ClusterStopCommand(context));
        line.addSubcommand(new ClusterPromoteCommand(context));
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Missing command: start, status, stop or promote");
    }

    /** Where a cluster is. */
    static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "The cluster's directory (default: in Howdah's state directory).")
        private @Nullable Path directory;

        static Host host(Context context) {
            Map<String, String> texts = new HashMap<>();
            Properties properties = System.getProperties();
            properties
                    .stringPropertyNames()
                    .forEach(name -> texts.put(name, properties.getProperty(name)));
            return Host.of(context.surroundings().environment().variables(), texts);
        }

        Path resolve(Context context, Host host) {
            return Optional.ofNullable(directory)
                    .map(given -> context.surroundings().directory().resolve(given))
                    .orElseGet(() -> host.state().root().resolve("cluster"));
        }
    }
}
