package org.howdah.app;

import java.util.concurrent.Callable;
import org.howdah.postgres.ExitCode;
import org.howdah.proxy.SettingsBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a proxy would make of its file, without starting one. */
@Command(
        name = "check",
        description = "Read the proxy's file and all that it names, and say whether it is right.")
final class ProxyCheckCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "As for howdah proxy.")
    private @Nullable String file;

    @Spec private CommandSpec spec = CommandSpec.create();

    ProxyCheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String name = ProxyCommand.given(context, spec, file);
        SettingsBuilder.Built built = new ProxySettingsFile(context.surroundings()).read(name);
        built.settings()
                .databases()
                .forEach((database, settings) -> print(database, settings.backend()));
        built.settings().anyDatabase().ifPresent(settings -> print("*", settings.backend()));
        built.remarks().forEach(context.err()::println);
        context.err().println(name + " is right");
        return ExitCode.FINE.number();
    }

    private void print(String database, org.howdah.proxy.Backend backend) {
        context.out()
                .println(
                        "%s  %s:%d%s"
                                .formatted(
                                        database,
                                        String.join(",", backend.hosts()),
                                        backend.port(),
                                        backend.database().isEmpty()
                                                ? ""
                                                : "/" + backend.database()));
    }
}
