package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ctrl-C in a process of its own, in each phase of a tour up to its long load; the room of the tour
 * tests what comes after that.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class InterruptedTourTest {
    /** Shared, so that PostgreSQL is unpacked once. */
    @TempDir private static Path state;

    @TempDir private Path directory;

    /** Where root runs the tests, the servers' account must be able to enter them. */
    @BeforeAll
    static void openState() throws IOException {
        open(state);
    }

    @BeforeEach
    void openDirectory() throws IOException {
        open(directory);
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Loading rows",
                "Adding two readers",
                "Timing each statement",
                "Load by 8 clients"
            })
    void saysSoAndLeavesNothing(String phase) throws Exception {
        HowdahProcess tour = interrupted(phase, "tour", "--yes", "--scale", "0.02");
        assertThat(tour.err())
                .contains(
                        "howdah: The tour was interrupted: its cluster was stopped, and its data"
                                + " deleted\nHint: ")
                .doesNotContain("bug", "Exception");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("out", "err");
        }
    }

    @Test
    void saysWhereTheDataIsThatItKeeps() throws Exception {
        Path data = directory.resolve("kept");
        HowdahProcess tour =
                interrupted(
                        "Timing each statement",
                        "tour",
                        "--yes",
                        "--scale",
                        "0.02",
                        "--data",
                        data.toString());
        assertThat(tour.err())
                .contains("its cluster was stopped, and what it had made is in " + data)
                .contains("Hint: Look at it with: howdah cluster start --data " + data);
        assertThat(data.resolve("node1").resolve("data").resolve("postmaster.pid")).doesNotExist();
    }

    private HowdahProcess interrupted(String phase, String... arguments) throws Exception {
        HowdahProcess tour = HowdahProcess.start(directory, state, arguments);
        await().atMost(90, TimeUnit.SECONDS)
                .until(() -> !tour.alive() || tour.err().contains(phase + " ..."));
        assertThat(tour.alive()).as(tour.printed()).isTrue();

        tour.interrupt();

        assertThat(tour.exitCode()).as(tour.printed()).isEqualTo(130);
        assertThat(tour.out()).isEmpty();
        assertThat(servers()).isEmpty();
        return tour;
    }

    /** The processes that work in the directory of this test. */
    private List<String> servers() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(directory.toString()))
                .toList();
    }
}
