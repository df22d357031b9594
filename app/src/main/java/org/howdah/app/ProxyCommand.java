package org.howdah.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.proxy.SettingsBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The proxy; its options are PgBouncer's, so that a script which starts that starts this. */
@Command(
        name = "proxy",
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Pool the connections of many clients on few of the servers.",
            "FILE is PgBouncer's pgbouncer.ini, or a howdah.yaml with a section proxy.",
            "It runs until it is told to end: SIGTERM waits for clients to leave, SIGINT for",
            "server connections to become free; either of them a second time ends it at once.",
            "SIGHUP reads FILE anew, SIGUSR1 is PAUSE, SIGUSR2 is RESUME."
        })
final class ProxyCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Default: the configuration file, as for every command.")
    private @Nullable String file;

    @Option(
            names = {"-q", "--quiet"},
            description = "Write no log to standard error.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log more; twice or thrice: still more.")
    private boolean[] verbose = {};

    @Option(
            names = {"-d", "--daemon"},
            description =
                    "Run in the background; needs logfile and pidfile. Under systemd: leave it out.")
    private boolean daemon;

    @Option(
            names = {"-R", "--reboot"},
            description = "Deprecated: start a second proxy with so_reuseport, then end the first.")
    private boolean reboot;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "Refuse to run as anybody else.")
    private @Nullable String user;

    @Option(
            names = {"-V", "--version"},
            description = "Show the version.")
    private boolean version;

    @Spec private CommandSpec spec = CommandSpec.create();

    ProxyCommand(Context context) {
        this.context = context;
    }

    static CommandLine in(Context context) {
        CommandLine line = new CommandLine(new ProxyCommand(context));
        line.addSubcommand(new ProxyCheckCommand(context));
        line.addSubcommand(new ProxyConvertCommand(context));
        return line;
    }

    @Override
    public Integer call() throws Exception {
        if (version) {
            context.out().println("howdah " + Version.current());
            return ExitCode.FINE.number();
        }
        refuseOtherUser();
        SettingsBuilder.Built built =
                new ProxySettingsFile(context.surroundings()).read(given(context, spec, file));
        if (reboot) {
            context.err()
                    .println(
                            "howdah: -R is ignored: a running proxy is not taken over from."
                                    + " Hint: with so_reuseport = 1 start a second proxy on the same port,"
                                    + " then end the first with SIGTERM");
        }
        if (daemon && !Background.is(context.surroundings().environment())) {
            return new Background(context).start(built.settings().process());
        }
        ProxyLog.configure(
                quiet || daemon,
                Math.max(verbose.length, built.settings().log().verbosity()),
                built.settings().process().logFile().map(this::resolve));
        return new ProxyRun(context).run(built);
    }

    private Path resolve(Path path) {
        return context.surroundings().directory().resolve(path);
    }

    /** The file that was named, or the configuration file where there is one. */
    static String given(Context context, CommandSpec spec, @Nullable String file) {
        if (file != null) {
            return file;
        }
        return ConfigurationFile.find(
                        context.options().configuration(),
                        context.surroundings().directory(),
                        context.surroundings().environment())
                .map(Path::toString)
                .orElseThrow(() ->
                        new CommandLine.ParameterException(
                                spec.commandLine(),
                                "Missing FILE: pgbouncer.ini, or a howdah.yaml with a section proxy"));
    }

    /** A Java machine cannot become somebody else once it runs. */
    private void refuseOtherUser() {
        String self = System.getProperty("user.name");
        if (user != null && !user.equals(self)) {
            throw new HowdahException(
                    "proxy-user",
                    "The proxy runs as %s and cannot become %s".formatted(self, user),
                    "Start it as that user: User=%s in the systemd unit, or runuser -u %s -- howdah proxy ..."
                            .formatted(user, user),
                    ExitCode.USAGE);
        }
    }
}
