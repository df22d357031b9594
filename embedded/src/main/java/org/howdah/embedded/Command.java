package org.howdah.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Short programs that run to their end: initdb, cp, getent. */
final class Command {

    private Command() {}

    record Result(int exitCode, String output) {}

    static Result run(List<String> command) {
        return run(command, Path.of("/"), "");
    }

    /** Runs in a directory that every account may enter, with the given standard input. */
    static Result run(List<String> command, Path workingDirectory, String input) {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(workingDirectory.toFile())
                        .redirectErrorStream(true);
        builder.environment().keySet().retainAll(Set.of("PATH"));
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException ended) {
                // The program ended without reading; its exit code tells.
            }
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.onExit().join().exitValue(), output);
        } catch (IOException notStarted) {
            throw new EmbeddedException(
                    "The program " + command.getFirst() + " could not be started.",
                    "It comes with util-linux or coreutils; install them.",
                    notStarted);
        }
    }
}
