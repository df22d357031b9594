package org.howdah.rehearsal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;

/** The tour was ended from outside before its end; none of its servers runs any more. */
public final class TourInterrupted extends HowdahException {
    TourInterrupted(Optional<Path> data, Optional<RuntimeException> consequence) {
        super(
                "tour-interrupted",
                "The tour was interrupted: its cluster was stopped, "
                        + data.filter(Files::exists)
                                .map(directory -> "and what it had made is in " + directory)
                                .orElse("and its data deleted"),
                data.filter(Files::exists)
                        .map(directory ->
                                "Look at it with: howdah cluster start --data "
                                        + directory
                                        + "; or delete the directory and run the tour again")
                        .orElse("Run it again; it begins with a new cluster"),
                ExitCode.INTERRUPTED,
                consequence.orElse(null));
    }
}
