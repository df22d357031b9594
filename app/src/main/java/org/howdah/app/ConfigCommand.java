package org.howdah.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.ExitCode;
import org.howdah.proxy.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The configuration file: an example of it, and whether one is right. */
@Command(
        name = "config",
        synopsisSubcommandLabel = "COMMAND",
        description = "Show an example of the configuration file, or check one.")
final class ConfigCommand implements Runnable {
    private final Context context;

    @Spec private CommandSpec spec = CommandSpec.create();

    ConfigCommand(Context context) {
        this.context = context;
    }

    static String example() {
        try (InputStream in =
                Objects.requireNonNull(
                        ConfigCommand.class.getResourceAsStream("howdah.example.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Missing command: example or check");
    }

    @Command(
            name = "example",
            description = "Print a configuration file with every key and what it means.")
    int printExample() {
        context.out().print(example());
        return ExitCode.FINE.number();
    }

    @Command(
            name = "check",
            description = "Read the configuration file and say whether it is right.")
    int check(
            @Parameters(arity = "0..1", paramLabel = "FILE", description = "Default: as --config.")
                    @Nullable Path file) {
        Optional<Path> given =
                Optional.ofNullable(file).or(() -> context.options().configuration());
        Optional<Path> found =
                ConfigurationFile.find(
                        given,
                        context.surroundings().directory(),
                        context.surroundings().environment());
        if (found.isEmpty()) {
            context.err().println("There is no configuration file: defaults are used");
            return ExitCode.FINE.number();
        }
        Configuration configuration = ConfigurationFile.read(found.get());
        Clusters clusters = new Clusters(context.surroundings().environment());
        for (Configuration.ClusterEntry cluster : configuration.clusters()) {
            for (Dsn node : clusters.nodes(cluster, Clusters.Passwords.LEFT_OUT)) {
                context.out().println(cluster.name() + "  " + node);
            }
        }
        configuration.proxy().ifPresent(this::proxy);
        context.err().println(found.get() + " is right");
        return ExitCode.FINE.number();
    }

    private void proxy(ProxySection section) {
        Problems problems = new Problems();
        problems.addAll(section.problems());
        var built =
                new ProxySettingsFile(context.surroundings()).build(section.settings(), problems);
        built.remarks().forEach(context.err()::println);
        Stream.concat(
                        new TreeMap<>(built.settings().databases()).values().stream(),
                        built.settings().anyDatabase().stream())
                .forEach(database ->
                        context.out()
                                .println(
                                        "proxy  %s  %s:%d"
                                                .formatted(
                                                        database.name(),
                                                        String.join(
                                                                ",", database.backend().hosts()),
                                                        database.backend().port())));
    }
}
