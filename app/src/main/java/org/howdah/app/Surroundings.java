package org.howdah.app;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import org.howdah.postgres.Environment;
import org.howdah.report.Terminal;

/**
 * Everything that a command knows of the world outside it.
 *
 * @param directory against which relative paths are resolved
 * @param terminal what {@code out} can show
 */
record Surroundings(
        Environment environment,
        Path directory,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Terminal terminal,
        Clock clock,
        Interruption interruption) {

    static Surroundings ofProcess(Interruption interruption) {
        Environment environment = Environment.ofProcess();
        return new Surroundings(
                environment,
                Path.of("").toAbsolutePath(),
                System.in,
                System.out,
                System.err,
                Terminal.system(environment.variables()),
                Clock.systemUTC(),
                interruption);
    }
}
