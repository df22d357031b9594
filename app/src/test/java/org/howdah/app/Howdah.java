package org.howdah.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.howdah.postgres.Environment;
import org.howdah.report.Terminal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as a person at a terminal of 80 columns uses it, in this process. */
record Howdah(
        Path directory,
        Map<String, String> variables,
        String typed,
        Interrupt interrupt,
        boolean interactive) {
    /** What came of a command. */
    record Result(int exitCode, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    /** A Ctrl-C that a test presses. */
    static final class Interrupt implements Interruption {
        private final CountDownLatch registered = new CountDownLatch(1);
        private volatile BooleanSupplier stop = () -> false;

        @Override
        public Registration during(BooleanSupplier whenInterrupted) {
            stop = whenInterrupted;
            registered.countDown();
            return () -> {};
        }

        /** Waits until a command can be interrupted, then does it. */
        void press() throws InterruptedException {
            registered.await();
            boolean _ = stop.getAsBoolean();
        }
    }

    static Howdah in(Path directory) {
        return new Howdah(
                directory,
                Map.of("HOWDAH_STATE", directory.resolve("state").toString()),
                "",
                new Interrupt(),
                false);
    }

    Howdah with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(variable, value);
        return new Howdah(directory, more, typed, interrupt, interactive);
    }

    Howdah typing(String text) {
        return new Howdah(directory, variables, text, interrupt, interactive);
    }

    /** As a person who can be asked. */
    Howdah atTerminal() {
        return new Howdah(directory, variables, typed, interrupt, true);
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings =
                new Surroundings(
                        new Environment(variables, directory, "ada"),
                        directory,
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new Terminal(80, false, true, interactive),
                        Clock.systemUTC(),
                        interrupt);
        int exitCode = CommandLineInterface.run(surroundings, arguments);
        return new Result(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
