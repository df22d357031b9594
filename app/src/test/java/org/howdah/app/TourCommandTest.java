package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code howdah tour} where it comes to its end early. */
class TourCommandTest {
    @TempDir private Path directory;

    /** Where root runs the tests, the servers' account must be able to enter it. */
    @BeforeEach
    void openTheDoor() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2001", "NaN"})
    void aScaleThatCannotBeIsAMatterOfUsage(String scale) {
        Howdah.Result result = Howdah.in(directory).run("tour", "--yes", "--scale", scale);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err())
                .contains("data of scale", "Hint: Choose a scale above 0 and up to 2000")
                .doesNotContain("bug");
        assertThat(directory.resolve("howdah-tour.html")).doesNotExist();
    }

    @Test
    void aReportThatCannotBeWrittenIsRefusedBeforeTheTour() {
        Howdah.Result result =
                Howdah.in(directory).run("tour", "--yes", "--html", "no/such/place.html");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("howdah: The report cannot be written to ")
                .contains("place.html", "Hint: Choose a directory that exists");
        assertThat(Howdah.in(directory).run("tour", "--html", ".").exitCode()).isEqualTo(2);
    }

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS)
    void whoDoesNotWantItMendedEndsTheTour() {
        Howdah.Result result =
                Howdah.in(directory)
                        .atTerminal()
                        .typing("n\n")
                        .run("tour", "--scale", "0.02", "--no-color");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
        assertThat(result.err())
                .contains("Mend the cluster? [Y/n]", "ended before anything was mended", "--yes");
        assertThat(Files.exists(directory.resolve("howdah-tour.html"))).isFalse();
    }
}
