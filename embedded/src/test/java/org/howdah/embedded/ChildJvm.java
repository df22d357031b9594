package org.howdah.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Another JVM that runs {@link ChildProgram}, to be killed. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildJvm start(String... arguments) throws IOException {
        return start(List.of(), System.getProperty("java.class.path"), Map.of(), arguments);
    }

    static ChildJvm start(
            List<String> prefix,
            String classPath,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx128m",
                        "-cp",
                        classPath,
                        ChildProgram.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    /** The next line that it tells. */
    String line() throws IOException {
        String line = out.readLine();
        return line == null ? "(ended)" : line;
    }

    List<String> words() throws IOException {
        return Arrays.asList(line().split(" ", -1));
    }

    /** Lets it end in its own way. */
    void dismiss() throws IOException {
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write("go\n");
        }
        process.onExit().join();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    static boolean allGone(Stream<String> pids) {
        return pids.map(Long::valueOf)
                .flatMap(pid -> ProcessStatus.of(pid).stream())
                .noneMatch(ProcessStatus::running);
    }
}
