package org.howdah.check;

import java.util.List;
import java.util.stream.Stream;

/** All checks, in the order in which they are listed. */
public final class Checks {
    private Checks() {}

    public static List<Check> all() {
        return Stream.concat(ServerChecks.all().stream(), DatabaseChecks.all().stream()).toList();
    }
}
