package org.howdah.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.proxy.ProcessSettings;

/**
 * The proxy in the background: the command starts itself once more, waits until that one listens or
 * has failed, and ends.
 */
final class Background {
    /** The line with which the process in the background says that it listens. */
    static final String READY = "ready";

    private static final String VARIABLE = "HOWDAH_PROXY_BACKGROUND";

    private final Context context;

    Background(Context context) {
        this.context = context;
    }

    /** Whether this process is the one in the background. */
    static boolean is(Environment environment) {
        return environment.variable(VARIABLE).isPresent();
    }

    /** Starts this command line in the background; returns what the command ends with. */
    int start(ProcessSettings settings) throws IOException, InterruptedException {
        if (settings.logFile().isEmpty() || settings.pidFile().isEmpty()) {
            throw new HowdahException(
                    "proxy-daemon",
                    "In the background (-d) the proxy needs both logfile and pidfile",
                    "Set them; or leave -d out and let systemd or a container keep the process",
                    ExitCode.USAGE);
        }
        ProcessBuilder builder =
                new ProcessBuilder(command())
                        .directory(context.surroundings().directory().toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(VARIABLE, "1");
        Process process = builder.start();
        process.getOutputStream().close();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return READY.equals(lines.readLine()) ? ExitCode.FINE.number() : process.waitFor();
        }
    }

    private static List<String> command() {
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<String> command = new ArrayList<>();
        command.add(self.command().orElseThrow(Background::unknown));
        command.addAll(List.of(self.arguments().orElseThrow(Background::unknown)));
        return command;
    }

    private static HowdahException unknown() {
        return new HowdahException(
                "proxy-daemon",
                "This system does not tell how the process was started, so that -d cannot repeat it",
                "Leave -d out and let the system's service manager keep the process",
                ExitCode.FAILED);
    }
}
