package org.howdah.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.NearestName;

/**
 * The pages of {@code docs/checks} and {@code docs/advice}, which the build puts beside these
 * classes.
 */
final class CheckPages {
    /** What {@code fix} finds from statements; no check by itself. */
    static final List<String> ADVICE = List.of("index-missing");

    private CheckPages() {}

    /** The page of one check as it is written. */
    static String page(String id) {
        String file = (ADVICE.contains(id) ? "advice/" : "checks/") + id + ".md";
        try (InputStream in = CheckPages.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("docs/" + file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * @throws HowdahException (exit code 2) that names the nearest check, where there is none
     */
    static void requireKnown(String id, List<String> known) {
        if (!known.contains(id)) {
            Optional<String> nearest = NearestName.of(id, known);
            throw new HowdahException(
                    "check-unknown",
                    "There is no check \"" + id + "\"",
                    nearest.map(name -> "Did you mean \"" + name + "\"?")
                            .orElse("List them with: howdah check --list"),
                    ExitCode.USAGE);
        }
    }
}
