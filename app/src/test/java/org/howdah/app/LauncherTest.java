package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code howdah} with a Maven and a Java that only say what they were asked. */
class LauncherTest {
    @TempDir private Path directory;
    private Path home;
    private Path tools;

    @BeforeEach
    void lay() throws IOException {
        home = Files.createDirectories(directory.resolve("a house"));
        Files.copy(Path.of("../howdah"), home.resolve("howdah"));
        Files.createDirectories(home.resolve("app/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.writeString(home.resolve("app/pom.xml"), "<project/>");
        tools = directory.resolve("tools");
        script("jdk/bin/javac", "exit 0");
        script("jdk/bin/java", "for word; do printf '<%s>' \"$word\"; done; echo");
        Files.writeString(tools.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        script(
                "mvn",
                """
                for word; do case $word in -Dhowdah.jars=*) jars=${word#*=};; esac; done
                mkdir -p "$jars"; : >"$jars/howdah.jar"; echo built >>"%s/builds"
                """
                        .formatted(directory));
    }

    private void script(String name, String text) throws IOException {
        Path file = tools.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Run(int exitCode, String out, String err) {}

    private Process start(Path script, String... arguments) throws IOException {
        return start(
                script,
                Map.of(
                        "JAVA_HOME",
                        tools.resolve("jdk").toString(),
                        "PATH",
                        tools + ":" + System.getenv("PATH")),
                arguments);
    }

    private Process start(Path script, Map<String, String> variables, String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(script.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(Files.createDirectories(directory.resolve("cwd")).toFile());
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static Run finish(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        return finish(start(home.resolve("howdah"), arguments));
    }

    private long builds() throws IOException {
        return Files.readAllLines(directory.resolve("builds")).size();
    }

    @Test
    void buildsOnceAndThenOnlyWhatIsNewer() throws Exception {
        Run first = run("version");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err()).contains("first run only");
        assertThat(first.out()).contains("<org.howdah.app.Main><version>", "a house/target");
        Run second = run("check", "host=db1 dbname='a b'");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).contains("<check><host=db1 dbname='a b'>");
        assertThat(builds()).isEqualTo(1);

        Path source = Files.writeString(home.resolve("app/src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run("version").err()).contains("sources have changed");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void worksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("hd"), home.resolve("howdah"));
        Run run = finish(start(link, "version"));
        assertThat(run.out()).contains("<version>");
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Process one = start(home.resolve("howdah"), "version");
        Process other = start(home.resolve("howdah"), "version");
        assertThat(finish(one).out()).contains("<version>");
        assertThat(finish(other).out()).contains("<version>");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aLockOfAProcessThatIsGoneIsTaken() throws Exception {
        Path build = Files.createDirectories(home.resolve("target/launcher"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createSymbolicLink(build.resolve("lock"), Path.of(Long.toString(gone.pid())));
        assertThat(run("version").out()).contains("<version>");
    }

    @Test
    void aFailedBuildShowsWhyAndWhereTheLogIs() throws Exception {
        script("mvn", "echo '[ERROR] the disk is full'; exit 1");
        Run run = run("version");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err())
                .contains(
                        "[ERROR] the disk is full",
                        "howdah: the build failed",
                        "Hint: ",
                        "build.log");
        assertThat(run.out()).isEmpty();
        script("mvn", "exit 0");
        assertThat(home.resolve("target/launcher/built")).doesNotExist();
    }

    @Test
    void withoutAJdkItSaysWhatIsMissing() throws Exception {
        Path launcher = home.resolve("howdah");
        // No machine has this one.
        Files.writeString(
                launcher, Files.readString(launcher).replace("min_java=25", "min_java=999"));
        Run run = run("version");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("howdah: no JDK 999 or newer was found").contains("Hint:");
        assertThat(run.out()).isEmpty();
        assertThat(directory.resolve("builds")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"21.0.7", "1.8.0_402"})
    void anOlderJavaHomeIsPassedOver(String version) throws Exception {
        script("old/bin/javac", "exit 0");
        script("old/bin/java", "echo old");
        Files.writeString(tools.resolve("old/release"), "JAVA_VERSION=\"" + version + "\"\n");
        Run run =
                finish(
                        start(
                                home.resolve("howdah"),
                                Map.of(
                                        "JAVA_HOME",
                                        tools.resolve("old").toString(),
                                        "PATH",
                                        tools.resolve("jdk/bin")
                                                + ":"
                                                + tools
                                                + ":"
                                                + System.getenv("PATH")),
                                "version"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("<org.howdah.app.Main><version>").doesNotContain("old");
    }

    @Test
    void theTourGetsTheWholeCompiler() throws Exception {
        assertThat(run("tour", "--yes").out())
                .contains("-Xmx1g")
                .doesNotContain("TieredStopAtLevel");
        assertThat(run("check").out()).contains("-XX:TieredStopAtLevel=1");
    }
}
