package org.howdah.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The proxy. */
@Command(
        name = "proxy",
        synopsisSubcommandLabel = "COMMAND",
        description = "Work with the configuration of the proxy.")
final class ProxyCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    private ProxyCommand() {}

    static CommandLine in(Context context) {
        return new CommandLine(new ProxyCommand()).addSubcommand(new ProxyConvertCommand(context));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command: convert");
    }
}
