package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is agreed on the sources of all rooms and can be seen in their text. */
class HabitsTest {
    private static final int MOST_LINES = 400;
    private static final Pattern EMPTY_NAMES =
            Pattern.compile(".*(Util|Utils|Helper|Helpers|Manager|Impl|Common)\\.java");

    // In two pieces, or this file would break its own rule.
    private static final Pattern SLEEP = Pattern.compile("Thread\\." + "sleep\\(");
    private static final Pattern EXIT = Pattern.compile("System\\." + "exit\\(");
    private static final Pattern DISABLED = Pattern.compile("@" + "Disabled");

    private static List<Path> sources() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        Path house = Files.exists(root.resolve("app")) ? root : root.resolve("..").normalize();
        try (Stream<Path> files = Files.walk(house)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> file.toString().contains("/src/"))
                            .filter(file -> !file.toString().contains("/target/"))
                            .toList();
            assertThat(sources).hasSizeGreaterThan(100);
            return sources;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void filesAreShort() throws IOException {
        assertThat(sources()).filteredOn(file -> text(file).lines().count() > MOST_LINES).isEmpty();
    }

    @Test
    void namesSayWhatAClassIs() throws IOException {
        assertThat(sources())
                .filteredOn(file -> EMPTY_NAMES.matcher(file.getFileName().toString()).matches())
                .isEmpty();
    }

    @Test
    void nobodySleeps() throws IOException {
        assertThat(sources()).filteredOn(file -> SLEEP.matcher(text(file)).find()).isEmpty();
    }

    @Test
    void noTestIsLeftOut() throws IOException {
        assertThat(sources()).filteredOn(file -> DISABLED.matcher(text(file)).find()).isEmpty();
    }

    @Test
    void onePlaceEndsTheProcess() throws IOException {
        assertThat(sources())
                .filteredOn(file -> EXIT.matcher(text(file)).find())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("ProcessInterruption.java");
    }
}
