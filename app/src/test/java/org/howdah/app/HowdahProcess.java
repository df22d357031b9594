package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as the launcher starts it. */
record HowdahProcess(Process process, Path directory) {
    /**
     * @param directory where it works, and where its temporary directories are made
     * @param state its state directory
     */
    static HowdahProcess start(Path directory, Path state, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + directory,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(directory.resolve("out").toFile())
                        .redirectError(directory.resolve("err").toFile());
        builder.environment().put("HOWDAH_STATE", state.toString());
        return new HowdahProcess(builder.start(), directory);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Ctrl-C; or its like, where whoever started these tests has Ctrl-C ignored. */
    void interrupt() throws IOException, InterruptedException {
        Path status = Path.of("/proc/self/status");
        boolean ignored =
                Files.exists(status)
                        && Files.readAllLines(status).stream()
                                .filter(line -> line.startsWith("SigIgn:"))
                                .map(line -> line.substring("SigIgn:".length()).strip())
                                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 2) != 0);
        String name = ignored ? "-TERM" : "-INT";
        assertThat(new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor())
                .isZero();
    }

    /** Of the process when it has ended, which it has to within a minute. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    String err() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    String printed() throws IOException {
        return out() + err();
    }
}
