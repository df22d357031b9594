package org.howdah.app;

import java.util.concurrent.Callable;
import org.howdah.pgbouncer.ConfigurationConverter;
import org.howdah.postgres.ExitCode;
import org.howdah.proxy.Problem;
import org.howdah.proxy.Problems;
import org.howdah.proxy.RawSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the section {@code proxy} of our configuration file from PgBouncer's. */
@Command(
        name = "convert",
        description = {
            "Print the section \"proxy\" of howdah.yaml for a configuration of PgBouncer.",
            "Passwords are not printed: variables of the environment take their places."
        })
final class ProxyConvertCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "FILE", description = "Such as pgbouncer.ini.")
    private String file = "";

    ProxyConvertCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ProxySettingsFile files = new ProxySettingsFile(context.surroundings());
        Problems problems = new Problems();
        RawSettings raw = files.raw(file, problems);
        // A configuration that is wrong would be wrong in our form too.
        files.build(raw, problems);
        Problems conversion = new Problems();
        ConfigurationConverter.Converted converted =
                ConfigurationConverter.convert(raw, conversion);
        problems.all().stream()
                .filter(problem -> problem.weight() == Problem.Weight.WARNING)
                .forEach(context.err()::println);
        conversion.all().forEach(context.err()::println);
        context.out().print(converted.yaml());
        return ExitCode.FINE.number();
    }
}
